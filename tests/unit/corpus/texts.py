"""Invented pages for the tests of this room; a line is a paragraph."""

# ruff: noqa: E501

from __future__ import annotations

from sayso.corpus import Document

WIRE = """The harbour authority of Port Lindry closed the eastern breakwater on Tuesday after divers found cracks in seven of its concrete piers.
Inspectors from the maritime institute said the cracks had widened by four millimetres since the January storms.
"We can't promise that the wall will survive another winter," said Marta Ellingsen, who leads the institute's survey team.
Fishing crews were told to move their boats to the old customs quay before Friday.
The authority put the cost of repairs at nine million crowns and asked the county council for an emergency grant.
Lindry's breakwater was built in 1931 and last strengthened in 1968, according to the town archive."""
LINES = WIRE.split("\n")
TRIMMED = "\n".join(LINES[:3])
EDITED = "\n".join(LINES).replace("Tuesday", "Tuesday morning").replace("crews", "families").replace("put", "estimated")
MOVED = "\n".join([LINES[0], *LINES[3:], *LINES[1:3]])
QUOTES = f"""Winter came early to the northern counties this year, and the roads department has already spent most of its budget on salt.
In Port Lindry the talk is of the sea. {LINES[2]}
Shops on the high street have taken in sandbags, and the school's gymnasium is ready as a shelter.
The mayor of neighbouring Askvik wants a ferry that can land without a wall, though nobody has drawn one yet.
Bus services over the Grindal pass will stop at nine in the evening until the end of March.
Farmers there say that the snow is welcome after two dry summers, and that the wolves have stayed away."""
OTHER = """A court in Velmora heard on Monday that the accountant of the city's opera house had moved ticket money to a racing stable.
The prosecutor read out forty letters between the accountant and a trainer called Bruno Castellane.
Castellane's lawyer said that the horses were real and the letters a joke.
The judge adjourned the hearing until the stable's books are translated."""


def page(id: str, text: str, outlet: str | None = None, time: str | None = None) -> Document:
    return Document(id, text, outlet, time, None)


def case() -> list[Document]:
    return [
        page("wire", WIRE, "Lindry Newswire", "2031-02-04T08:00"),
        page("trimmed", TRIMMED, "Coast Post", "2031-02-04T09:30"),
        page("edited", EDITED, "Daily Anchor", "2031-02-04T11:00"),
        page("moved", MOVED, "Fjord Times", "2031-02-04T10:00"),
        page("quotes", QUOTES, "North Herald", "2031-02-05T07:00"),
        page("other", OTHER, "Velmora Courier", "2031-02-04T12:00"),
    ]

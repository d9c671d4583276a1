(function () {
  'use strict';
  var room = document.querySelector('.room');
  if (!room) return;

  // A statement's words light up with its note.
  function light(numbers, on) {
    if (!numbers) return;
    numbers.split(' ').forEach(function (n) {
      if (!/^\d+$/.test(n)) return;
      room.querySelectorAll('[data-n~="' + n + '"]').forEach(function (e) { e.classList.toggle('hot', on); });
      var note = document.getElementById('n' + n);
      if (note) note.classList.toggle('on', on);
    });
  }
  function numbers(event) {
    var found = event.target.closest && event.target.closest('[data-k]');
    return found && found.getAttribute('data-k');
  }
  ['mouseover', 'focusin'].forEach(function (kind) { room.addEventListener(kind, function (e) { light(numbers(e), true); }); });
  ['mouseout', 'focusout'].forEach(function (kind) { room.addEventListener(kind, function (e) { light(numbers(e), false); }); });

  // Files dropped anywhere on the start page are handed in.
  var drop = room.querySelector('form.drop');
  if (drop) {
    var input = drop.querySelector('input[type=file]');
    document.addEventListener('dragover', function (e) { e.preventDefault(); room.classList.add('over'); });
    document.addEventListener('dragleave', function (e) { if (!e.relatedTarget) room.classList.remove('over'); });
    document.addEventListener('drop', function (e) {
      e.preventDefault();
      room.classList.remove('over');
      if (e.dataTransfer.files.length) { input.files = e.dataTransfer.files; drop.requestSubmit(); return; }
      var text = e.dataTransfer.getData('text/html') || e.dataTransfer.getData('text/plain');
      if (text) { drop.querySelector('textarea').value = text; drop.requestSubmit(); }
    });
  }
  room.querySelectorAll('form[data-busy]').forEach(function (form) {
    form.addEventListener('submit', function () {
      var said = form.querySelector('.busy'), button = form.querySelector('button.main');
      if (said) said.textContent = form.getAttribute('data-busy');
      if (button) { if (!said) button.textContent = form.getAttribute('data-busy'); button.disabled = true; }
    });
  });

  // What is being worked out opens when it is ready.
  var poll = room.querySelector('[data-poll]');
  if (poll) setTimeout(function () { location.reload(); }, 1000 * Number(poll.getAttribute('data-poll')));

  // Keys: / search, j and k from note to note, Escape leaves.
  var at = -1;
  document.addEventListener('keydown', function (e) {
    if (e.key === 'Escape' && document.activeElement) { document.activeElement.blur(); return; }
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
    if (e.key === '/') { e.preventDefault(); document.getElementById('find').focus(); return; }
    if (e.key !== 'j' && e.key !== 'k') return;
    var stops = room.querySelectorAll('.note > a.b, [data-stop]');
    if (!stops.length) return;
    at = Math.max(0, Math.min(stops.length - 1, at + (e.key === 'j' ? 1 : -1)));
    stops[at].focus();
    stops[at].scrollIntoView({ block: 'center' });
  });
})();

"""One way to open an ONNX model: on one thread, so that sums are the same in every process."""

from __future__ import annotations

from os import PathLike
from typing import Any

__all__ = ["open_session"]


def open_session(model: bytes | PathLike[str]) -> Any:
    """An ONNX Runtime session of the model's bytes or file.

    One thread: the same sums in the same order everywhere, and workers don't fight for cores.

    Raises:
        onnxruntime.capi.onnxruntime_pybind11_state.Fail: what was given is no ONNX model.
    """
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    given = model if isinstance(model, bytes) else str(model)
    return InferenceSession(given, options, providers=["CPUExecutionProvider"])

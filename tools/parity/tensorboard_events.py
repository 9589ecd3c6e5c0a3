"""Writes the event file that SqlTune's must equal byte for byte, with TensorBoard's own record writer and messages.

    python tools/parity/tensorboard_events.py training/src/test/resources/tracking/events.out.tfevents
"""
import sys

from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import Summary, SummaryMetadata
from tensorboard.compat.proto.tensor_pb2 import TensorProto
from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
from tensorboard.summary.writer.record_writer import RecordWriter

TEXT = "    model:\n      name: größer\n" + "    x: y\n" * 40

args = Summary.Value(
    tag="args/text_summary",
    metadata=SummaryMetadata(plugin_data=SummaryMetadata.PluginData(plugin_name="text")),
    tensor=TensorProto(
        dtype="DT_STRING",
        string_val=[TEXT.encode("utf-8")],
        tensor_shape=TensorShapeProto(dim=[TensorShapeProto.Dim(size=1)]),
    ),
)
scalars = Summary(value=[
    Summary.Value(tag="train/loss", simple_value=1.25),
    Summary.Value(tag="train/learning_rate", simple_value=2e-4),
])
events = [
    Event(wall_time=1.7e9, file_version="brain.Event:2"),
    Event(wall_time=1.7e9 + 0.5, step=6, session_log=SessionLog(status=SessionLog.START)),
    Event(wall_time=1.7e9 + 1, summary=Summary(value=[args])),
    Event(wall_time=1.7e9 + 2.25, step=300, summary=scalars),
]
with open(sys.argv[1], "wb") as file:
    writer = RecordWriter(file)
    for event in events:
        writer.write(event.SerializeToString(deterministic=True))
    writer.flush()

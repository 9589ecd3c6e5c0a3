"""Prints what TensorBoard's own reader finds in a folder of event files, as JSON.

    python tools/parity/read_events.py outputs/demo/runs/NAME
"""
import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "tensors": 0})
events.Reload()
tags = events.Tags()
print(json.dumps({
    "scalars": {tag: [[event.step, event.value] for event in events.Scalars(tag)] for tag in tags["scalars"]},
    "texts": {tag: events.Tensors(tag)[-1].tensor_proto.string_val[0].decode("utf-8") for tag in tags["tensors"]},
}))

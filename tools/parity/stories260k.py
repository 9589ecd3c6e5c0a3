"""stories260K in NumPy: an implementation of llama2.c's forward pass that shares no code with torch.

    python stories260k.py STORIES260K_BIN OUTPUT_JSON

Reads the legacy flat file as llama2.c's run.c does (https://github.com/karpathy/llama2.c, MIT): seven int32
(dim, hidden_dim, n_layers, n_heads, n_kv_heads, vocab_size, seq_len; a negative vocab_size means a separate
classifier), then float32 matrices in the order of `read_weights`. Rotary pairs are neighbours (2i, 2i + 1).
Computes in float64, so that the numbers are right to the last bit that a float32 test can see.
"""

import hashlib
import json
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

# https://huggingface.co/karpathy/tinyllamas/blob/main/stories260K/stories260K.bin
SHA256 = "b0a507e7ad0f626624f17112325e66691f9076d622e1d3274d103d00299f2696"
BOS = 1
NORM_EPSILON = 1e-5
ROPE_THETA = 10000.0
GENERATED = 64
# "Once upon a time" and three ids that the model would never say there.
FIXED_IDS = [BOS, 403, 407, 261, 378, 300, 17, 511]


@dataclass(frozen=True)
class Shape:
    dim: int
    hidden_dim: int
    layers: int
    heads: int
    kv_heads: int
    vocab_size: int
    seq_len: int
    separate_classifier: bool

    @property
    def head_size(self):
        return self.dim // self.heads

    @property
    def kv_dim(self):
        return self.kv_heads * self.head_size

    def to_json(self):
        return {
            "hidden_size": self.dim,
            "intermediate_size": self.hidden_dim,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.kv_heads,
            "vocab_size": self.vocab_size,
            "max_position_embeddings": self.seq_len,
            "tie_word_embeddings": not self.separate_classifier,
            "rms_norm_eps": NORM_EPSILON,
            "rope_theta": ROPE_THETA,
        }


class Reader:
    def __init__(self, content):
        dim, hidden, layers, heads, kv_heads, vocab, seq_len = struct.unpack_from("<7i", content)
        self.shape = Shape(dim, hidden, layers, heads, kv_heads, abs(vocab), seq_len, vocab < 0)
        self.values = np.frombuffer(content, dtype="<f4", offset=28)
        self.position = 0

    def take(self, *shape):
        count = int(np.prod(shape))
        taken = self.values[self.position : self.position + count]
        if len(taken) < count:
            raise SystemExit(f"the file ends inside a matrix of shape {shape}")
        self.position += count
        return taken.reshape(shape).astype(np.float64)


class Model:
    """T positions, no cache: every call computes the whole sequence."""

    def __init__(self, content):
        reader = Reader(content)
        s = self.shape = reader.shape
        self.embedding = reader.take(s.vocab_size, s.dim)
        self.attention_norm = reader.take(s.layers, s.dim)
        self.wq = reader.take(s.layers, s.dim, s.dim)
        self.wk = reader.take(s.layers, s.kv_dim, s.dim)
        self.wv = reader.take(s.layers, s.kv_dim, s.dim)
        self.wo = reader.take(s.layers, s.dim, s.dim)
        self.feed_forward_norm = reader.take(s.layers, s.dim)
        self.w1 = reader.take(s.layers, s.hidden_dim, s.dim)
        self.w2 = reader.take(s.layers, s.dim, s.hidden_dim)
        self.w3 = reader.take(s.layers, s.hidden_dim, s.dim)
        self.final_norm = reader.take(s.dim)
        reader.take(2, s.seq_len, s.head_size // 2)  # freq_cis_real and freq_cis_imag, computed here instead
        self.classifier = reader.take(s.vocab_size, s.dim) if s.separate_classifier else self.embedding
        if reader.position != len(reader.values):
            raise SystemExit(f"{len(reader.values) - reader.position} numbers are left over at the end of the file")

    def logits(self, ids):
        """[T, V]"""
        x = self.embedding[ids]
        for layer in range(self.shape.layers):
            x = x + self.attention(layer, rms_norm(x, self.attention_norm[layer]))
            x = x + self.feed_forward(layer, rms_norm(x, self.feed_forward_norm[layer]))
        return rms_norm(x, self.final_norm) @ self.classifier.T

    def attention(self, layer, x):
        s, length = self.shape, len(x)
        q = rotate((x @ self.wq[layer].T).reshape(length, s.heads, s.head_size))
        k = rotate((x @ self.wk[layer].T).reshape(length, s.kv_heads, s.head_size))
        v = (x @ self.wv[layer].T).reshape(length, s.kv_heads, s.head_size)
        result = np.empty((length, s.heads, s.head_size))
        for head in range(s.heads):
            kv_head = head * s.kv_heads // s.heads
            for t in range(length):
                scores = k[: t + 1, kv_head] @ q[t, head] / np.sqrt(s.head_size)
                result[t, head] = softmax(scores) @ v[: t + 1, kv_head]
        return result.reshape(length, s.dim) @ self.wo[layer].T

    def feed_forward(self, layer, x):
        gate = x @ self.w1[layer].T
        return (gate / (1 + np.exp(-gate)) * (x @ self.w3[layer].T)) @ self.w2[layer].T


def rms_norm(x, weight):
    return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + NORM_EPSILON) * weight


def rotate(x):
    """Turns the pair (2i, 2i + 1) of position t by t / theta^(2i / head size). x: [T, heads, head size]"""
    length, _, head_size = x.shape
    angles = np.outer(np.arange(length), ROPE_THETA ** (-np.arange(0, head_size, 2) / head_size))[:, None, :]
    even, odd = x[..., 0::2], x[..., 1::2]
    turned = np.empty_like(x)
    turned[..., 0::2] = even * np.cos(angles) - odd * np.sin(angles)
    turned[..., 1::2] = even * np.sin(angles) + odd * np.cos(angles)
    return turned


def softmax(scores):
    weights = np.exp(scores - scores.max())
    return weights / weights.sum()


def greedy(model, count):
    ids, smallest_gap = [BOS], np.inf
    for _ in range(count):
        logits = model.logits(ids)[-1]
        second, first = np.sort(logits)[-2:]
        smallest_gap = min(smallest_gap, first - second)
        ids.append(int(np.argmax(logits)))
    return ids, float(smallest_gap)


def mean_loss(model, ids):
    """Mean cross-entropy of ids[1:], each given what stands before it."""
    logits = model.logits(ids[:-1])
    shifted = logits - logits.max(axis=-1, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return float(-log_probabilities[np.arange(len(ids) - 1), ids[1:]].mean())


def main(arguments):
    if len(arguments) != 2:
        raise SystemExit(__doc__)
    content = Path(arguments[0]).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != SHA256:
        raise SystemExit(f"{arguments[0]}: SHA-256 {digest} is not the published file's {SHA256}")
    model = Model(content)
    ids, gap = greedy(model, GENERATED)
    story = model.logits(ids)
    positions = [0, 1, 10, GENERATED]
    fixed = model.logits(FIXED_IDS)
    expected = {
        "config": model.shape.to_json(),
        "greedy_ids": ids,
        "greedy_smallest_logit_gap": gap,
        "greedy_mean_loss": mean_loss(model, ids),
        "logits": [{"position": p, "values": story[p].tolist()} for p in positions],
        "fixed_ids": FIXED_IDS,
        "fixed_ids_mean_loss": mean_loss(model, FIXED_IDS),
        "fixed_ids_last_logits": fixed[-1].tolist(),
    }
    lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in expected.items())
    Path(arguments[1]).write_text("{\n" + lines + "\n}\n")
    print(f"{len(ids) - 1} greedy ids, mean loss {expected['greedy_mean_loss']:.4f}, smallest gap {gap:.4f}")


if __name__ == "__main__":
    main(sys.argv[1:])

# The arithmetic of a Llama-style decoder (Touvron et al., arXiv:2302.13971), in TorchScript's serialised dialect.
#
# A batch is one long row of T tokens. Its segments (sequences, shared prefixes, branches behind a prefix) follow each
# other; only attention knows where one ends. So no product is ever spent on padding.
#
# Axes: T tokens of the row, E hidden size, H query heads, K key/value heads, D head size, V vocabulary.
# A projection is a list of tensors: [weight], [weight, bias], [weight, A, B, scale] or [weight, bias, A, B, scale],
# where A [r, in] and B [out, r] are a low-rank update (LoRA, arXiv:2106.09685).
class M(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # x [T, E] -> [T, E]; the mean of squares in fp32 (RMSNorm, arXiv:1910.07467).
  def rms_norm(self: __torch__.M, x: Tensor, weight: Tensor, eps: float) -> Tensor:
    y = torch.to(x, 6)
    scale = torch.rsqrt(torch.add(torch.mean(torch.mul(y, y), [-1], True), eps))
    return torch.mul(weight, torch.type_as(torch.mul(y, scale), x))

  # x [T, in] -> [T, out]
  def linear(self: __torch__.M, x: Tensor, p: List[Tensor], dropout: float) -> Tensor:
    n = torch.len(p)
    low_rank = 1
    if torch.eq(n, 1):
      y = torch.linear(x, p[0])
    elif torch.eq(n, 4):
      y = torch.linear(x, p[0])
    else:
      y = torch.linear(x, p[0], p[1])
      low_rank = 2
    if torch.gt(n, 3):
      a = p[low_rank]
      b = p[torch.add(low_rank, 1)]
      scale = p[torch.add(low_rank, 2)]
      if torch.gt(dropout, 0.):
        z = torch.dropout(x, dropout, True)
      else:
        z = x
      y = torch.add(y, torch.mul(torch.linear(torch.linear(z, a), b), scale))
    return y

  # positions [T] int64, inverse_frequencies [D/2] fp32 -> [cos, sin], each [T, 1, D], in like's dtype.
  def rotary(self: __torch__.M, positions: Tensor, inverse_frequencies: Tensor, like: Tensor) -> List[Tensor]:
    angles = torch.outer(torch.to(positions, 6), inverse_frequencies)
    both = torch.unsqueeze(torch.cat([angles, angles], -1), 1)
    return [torch.type_as(torch.cos(both), like), torch.type_as(torch.sin(both), like)]

  # x [T, heads, D]: rotates the pairs (i, i + D/2) by the position's angles (RoPE, arXiv:2104.09864).
  def rotate(self: __torch__.M, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    halves = torch.chunk(x, 2, -1)
    turned = torch.cat([torch.neg(halves[1]), halves[0]], -1)
    return torch.add(torch.mul(x, cos), torch.mul(turned, sin))

  # x [T, K, D] -> [T, H, D], each key/value head repeated for the query heads that share it.
  def repeat_heads(self: __torch__.M, x: Tensor, heads: int) -> Tensor:
    t = torch.size(x, 0)
    k = torch.size(x, 1)
    d = torch.size(x, 2)
    if torch.eq(k, heads):
      return x
    g = torch.floordiv(heads, k)
    return torch.reshape(torch.expand(torch.unsqueeze(x, 2), [t, k, g, d]), [t, heads, d])

  # [n, H, D] -> [1, H, n, D]
  def heads_first(self: __torch__.M, x: Tensor) -> Tensor:
    return torch.unsqueeze(torch.transpose(x, 0, 1), 0)

  # Additive mask [new, old + new] for new tokens behind old ones: each sees all old ones and itself and those before.
  def causal_mask(self: __torch__.M, new: int, old: int, like: Tensor) -> Tensor:
    full = torch.full([new, torch.add(old, new)], float("-inf"), dtype=6, layout=None, device=ops.prim.device(like), pin_memory=None)
    return torch.type_as(torch.triu(full, torch.add(old, 1)), like)

  # In fp32 whatever the inputs are: on processors without bfloat16 matrix units, many short segments take half the time.
  # q, k, v [T, H, D]; segment i has lengths[i] tokens and sees itself causally and all of segment parents[i] (-1: none).
  def attend(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, lengths: List[int], parents: List[int]) -> Tensor:
    qs = torch.split_with_sizes(torch.to(q, 6), lengths, 0)
    ks = torch.split_with_sizes(torch.to(k, 6), lengths, 0)
    vs = torch.split_with_sizes(torch.to(v, 6), lengths, 0)
    outputs = annotate(List[Tensor], [])
    for i in range(torch.len(lengths)):
      parent = parents[i]
      query = (self).heads_first(qs[i])
      if torch.lt(parent, 0):
        o = torch.scaled_dot_product_attention(query, (self).heads_first(ks[i]), (self).heads_first(vs[i]), None, 0., True)
      else:
        key = (self).heads_first(torch.cat([ks[parent], ks[i]], 0))
        value = (self).heads_first(torch.cat([vs[parent], vs[i]], 0))
        mask = (self).causal_mask(lengths[i], lengths[parent], query)
        o = torch.scaled_dot_product_attention(query, key, value, mask, 0., False)
      _ = torch.append(outputs, torch.transpose(torch.squeeze(o, 0), 0, 1))
    return torch.type_as(torch.cat(outputs, 0), q)

  # SwiGLU (arXiv:2002.05202). x [T, E] -> [T, E]
  def mlp(self: __torch__.M, x: Tensor, gate: List[Tensor], up: List[Tensor], down: List[Tensor], dropout: float) -> Tensor:
    activated = torch.silu((self).linear(x, gate, dropout))
    return (self).linear(torch.mul(activated, (self).linear(x, up, dropout)), down, dropout)

  # One layer. x [T, E] -> [T, E]; norms: [before attention, before the MLP].
  def layer(self: __torch__.M, x: Tensor, norms: List[Tensor], q: List[Tensor], k: List[Tensor], v: List[Tensor], o: List[Tensor], gate: List[Tensor], up: List[Tensor], down: List[Tensor], heads: int, kv_heads: int, eps: float, rotary: List[Tensor], lengths: List[int], parents: List[int], dropout: float, seed: int) -> Tensor:
    if torch.gt(dropout, 0.):
      torch.manual_seed(seed)
    t = torch.size(x, 0)
    h = (self).rms_norm(x, norms[0], eps)
    query = (self).rotate(torch.reshape((self).linear(h, q, dropout), [t, heads, -1]), rotary[0], rotary[1])
    key = (self).rotate(torch.reshape((self).linear(h, k, dropout), [t, kv_heads, -1]), rotary[0], rotary[1])
    value = torch.reshape((self).linear(h, v, dropout), [t, kv_heads, -1])
    mixed = (self).attend(query, (self).repeat_heads(key, heads), (self).repeat_heads(value, heads), lengths, parents)
    y = torch.add(x, (self).linear(torch.reshape(mixed, [t, -1]), o, dropout))
    return torch.add(y, (self).mlp((self).rms_norm(y, norms[1], eps), gate, up, down, dropout))

  # The same with a graph kept for (self).gradients: [input as a leaf, output].
  def layer_with_graph(self: __torch__.M, x: Tensor, norms: List[Tensor], q: List[Tensor], k: List[Tensor], v: List[Tensor], o: List[Tensor], gate: List[Tensor], up: List[Tensor], down: List[Tensor], heads: int, kv_heads: int, eps: float, rotary: List[Tensor], lengths: List[int], parents: List[int], dropout: float, seed: int, input_gradient: bool) -> List[Tensor]:
    leaf = torch.detach(x)
    if input_gradient:
      leaf = torch.requires_grad_(leaf, True)
    y = (self).layer(leaf, norms, q, k, v, o, gate, up, down, heads, kv_heads, eps, rotary, lengths, parents, dropout, seed)
    return [leaf, y]

  # One layer over new tokens x [n, E] behind `past` cached ones, writing their keys and values into the caches [capacity, K, D].
  def layer_cached(self: __torch__.M, x: Tensor, norms: List[Tensor], q: List[Tensor], k: List[Tensor], v: List[Tensor], o: List[Tensor], gate: List[Tensor], up: List[Tensor], down: List[Tensor], heads: int, kv_heads: int, eps: float, rotary: List[Tensor], keys: Tensor, values: Tensor, past: int) -> Tensor:
    n = torch.size(x, 0)
    end = torch.add(past, n)
    h = (self).rms_norm(x, norms[0], eps)
    query = (self).rotate(torch.reshape((self).linear(h, q, 0.), [n, heads, -1]), rotary[0], rotary[1])
    key = (self).rotate(torch.reshape((self).linear(h, k, 0.), [n, kv_heads, -1]), rotary[0], rotary[1])
    value = torch.reshape((self).linear(h, v, 0.), [n, kv_heads, -1])
    _ = torch.copy_(torch.slice(keys, 0, past, end), key)
    _0 = torch.copy_(torch.slice(values, 0, past, end), value)
    all_keys = (self).heads_first((self).repeat_heads(torch.slice(keys, 0, 0, end), heads))
    all_values = (self).heads_first((self).repeat_heads(torch.slice(values, 0, 0, end), heads))
    if torch.eq(n, 1):
      mixed = torch.scaled_dot_product_attention((self).heads_first(query), all_keys, all_values, None, 0., False)
    elif torch.eq(past, 0):
      mixed = torch.scaled_dot_product_attention((self).heads_first(query), all_keys, all_values, None, 0., True)
    else:
      mixed = torch.scaled_dot_product_attention((self).heads_first(query), all_keys, all_values, (self).causal_mask(n, past, query), 0., False)
    flat = torch.reshape(torch.transpose(torch.squeeze(mixed, 0), 0, 1), [n, -1])
    y = torch.add(x, (self).linear(flat, o, 0.))
    return torch.add(y, (self).mlp((self).rms_norm(y, norms[1], eps), gate, up, down, 0.))

  # Gradients of sum(output * grad_output) with respect to inputs, in their order; the graph is freed.
  def gradients(self: __torch__.M, output: Tensor, inputs: List[Tensor], grad_output: Tensor) -> List[Tensor]:
    outer = annotate(List[Optional[Tensor]], [grad_output])
    found = torch.autograd.grad([output], inputs, outer, False, False, False)
    result = annotate(List[Tensor], [])
    for i in range(torch.len(inputs)):
      _ = torch.append(result, unchecked_cast(Tensor, found[i]))
    return result

  # ids [T] int64 -> [T, E]
  def embed(self: __torch__.M, weight: Tensor, ids: Tensor) -> Tensor:
    return torch.embedding(weight, ids)

  # h [n, E] -> logits [n, V] in fp32
  def logits(self: __torch__.M, h: Tensor, norm: Tensor, head: Tensor, eps: float) -> Tensor:
    return torch.to(torch.linear((self).rms_norm(h, norm, eps), head), 6)

  # h [n, E], targets [n] int64 -> [summed cross-entropy (fp32), correct predictions (int64), summed loss again with the graph's leaf]
  def loss(self: __torch__.M, h: Tensor, norm: Tensor, head: Tensor, eps: float, targets: Tensor) -> List[Tensor]:
    scores = (self).logits(h, norm, head, eps)
    total = torch.cross_entropy_loss(scores, targets, None, 2, -100, 0.)
    correct = torch.sum(torch.eq(torch.argmax(scores, -1), targets))
    return [total, correct]

  # As loss, with a graph kept: [summed cross-entropy, correct predictions, input as a leaf].
  def loss_with_graph(self: __torch__.M, h: Tensor, norm: Tensor, head: Tensor, eps: float, targets: Tensor) -> List[Tensor]:
    leaf = torch.requires_grad_(torch.detach(h), True)
    both = (self).loss(leaf, norm, head, eps, targets)
    return [both[0], both[1], leaf]

# The arithmetic of a decoder, in TorchScript's serialised dialect: Llama's (Touvron et al., arXiv:2302.13971), and where
# the attributes below say so, what other families do instead. Arithmetic.java explains the attributes.
#
# A batch is one long row of T tokens. Its segments (sequences, shared prefixes, branches behind a prefix) follow each
# other; only attention knows where one ends. So no product is ever spent on padding.
#
# Axes: T tokens of the row, E hidden size, H query heads, K key/value heads, D head size, R rotated numbers of a head, V
# vocabulary.
# A projection is a list of tensors: weight, perhaps bias, and perhaps an update. That is A [r, in], B [out, r] and scale
# (LoRA, arXiv:2106.09685), and with weights in magnitude and direction also magnitude [out] and norms [out], those of the
# rows of weight + scale * B A (DoRA, arXiv:2402.09353). So its length tells what it holds: 1, 4, 6, and one more with bias.
# A norm is a list of tensors too: [weight], [weight, bias], or [] where there is none.
# norms: [before attention, after attention, before the MLP, after the MLP, of queries, of keys]
# attention: [q, k, v, output] or [one map for all three, output]
# mlp: [gate, up, down], [one map for gate and up, down], or without a gate [up, down]
# window: tokens that a token sees, itself included; 0 for all before it.
class M(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  heads : int
  kv_heads : int
  head_dim : int
  layer_norm : bool
  norm_from_one : bool
  epsilon : float
  activation : str
  gated_mlp : bool
  interleaved_heads : bool
  parallel_residual : bool
  attention_scale : float
  attention_soft_cap : float
  logit_soft_cap : float
  embedding_scale : float
  rotary_magnitude : float
  attention_in_fp32 : bool
  dense_scores : int

  # x [..., n] -> [..., n]; the mean of squares in fp32.
  def norm(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
    if torch.eq(torch.len(w), 0):
      return x
    if self.layer_norm:
      return torch.layer_norm(x, [torch.size(x, -1)], w[0], w[1], self.epsilon, False)
    if torch.le(torch.size(x, 0), 512):
      return (self).rms_norm(x, w[0])
    normed = annotate(List[Tensor], [])
    parts = torch.split(x, 512, 0)
    for i in range(torch.len(parts)):
      _ = torch.append(normed, (self).rms_norm(parts[i], w[0]))
    return torch.cat(normed, 0)

  # Of rows that fit the processor's caches in fp32: larger ones take three times as long, most of it for new memory.
  def rms_norm(self: __torch__.M, x: Tensor, w: Tensor) -> Tensor:
    y = torch.to(x, 6)
    scale = torch.rsqrt(torch.add(torch.mean(torch.mul(y, y), [-1], True), self.epsilon))
    if self.norm_from_one:
      return torch.type_as(torch.mul(torch.mul(y, scale), torch.add(torch.to(w, 6), 1.)), x)
    return torch.mul(w, torch.type_as(torch.mul(y, scale), x))

  # x [T, in] -> [T, out]
  def linear(self: __torch__.M, x: Tensor, p: List[Tensor], dropout: float) -> Tensor:
    n = torch.len(p)
    biases = 0
    if torch.eq(n, 2):
      biases = 1
    elif torch.gt(n, 3):
      biases = torch.remainder(n, 2)
    if torch.eq(biases, 1):
      y = torch.linear(x, p[0], p[1])
    else:
      y = torch.linear(x, p[0])
    first = torch.add(biases, 1)
    if torch.gt(n, 3):
      if torch.gt(dropout, 0.):
        z = torch.dropout(x, dropout, True)
      else:
        z = x
      low_rank = torch.mul(torch.linear(z, p[first]), p[torch.add(first, 2)])
      if torch.gt(n, 5):
        update = torch.linear(low_rank, p[torch.add(first, 1)])
        y = torch.add(y, (self).decomposed(y, z, p, first, dropout, update))
      else:
        y = torch.addmm(y, low_rank, torch.t(p[torch.add(first, 1)]))
    return y

  # DoRA's update of y = W x + bias, with norms that take no part in the gradient (section 4.3): magnitude / norms times
  # what W + scale * B A makes of z, less W z. z is x after dropout.
  def decomposed(self: __torch__.M, y: Tensor, z: Tensor, p: List[Tensor], first: int, dropout: float, update: Tensor) -> Tensor:
    if torch.gt(dropout, 0.):
      base = torch.linear(z, p[0])
    elif torch.eq(first, 2):
      base = torch.sub(y, p[1])
    else:
      base = y
    factor = torch.div(p[torch.add(first, 3)], p[torch.add(first, 4)])
    return torch.type_as(torch.add(torch.mul(torch.sub(factor, 1), base), torch.mul(factor, update)), y)

  # x squeezed into (-cap, cap).
  def soft_cap(self: __torch__.M, x: Tensor, cap: float) -> Tensor:
    return torch.mul(torch.tanh(torch.div(x, cap)), cap)

  # positions [T] int64; frequencies fp32, [1, R/2] or for each token its own [T, R/2] -> [cos, sin], each [T, 1, R], in like's dtype.
  def rotary(self: __torch__.M, positions: Tensor, frequencies: Tensor, like: Tensor) -> List[Tensor]:
    angles = torch.mul(torch.unsqueeze(torch.to(positions, 6), 1), frequencies)
    both = torch.unsqueeze(torch.cat([angles, angles], -1), 1)
    cos = torch.mul(torch.cos(both), self.rotary_magnitude)
    sin = torch.mul(torch.sin(both), self.rotary_magnitude)
    return [torch.type_as(cos, like), torch.type_as(sin, like)]

  # x [T, heads, R]: rotates the pairs (i, i + R/2) by the position's angles (RoPE, arXiv:2104.09864).
  def rotate_all(self: __torch__.M, x: Tensor, rotary: List[Tensor]) -> Tensor:
    halves = torch.chunk(x, 2, -1)
    turned = torch.cat([torch.neg(halves[1]), halves[0]], -1)
    return torch.add(torch.mul(x, rotary[0]), torch.mul(turned, rotary[1]))

  # x [T, heads, D]: rotates the first R numbers of each head.
  def rotate(self: __torch__.M, x: Tensor, rotary: List[Tensor]) -> Tensor:
    r = torch.size(rotary[0], -1)
    d = torch.size(x, -1)
    if torch.eq(r, d):
      return (self).rotate_all(x, rotary)
    return torch.cat([(self).rotate_all(torch.slice(x, -1, 0, r), rotary), torch.slice(x, -1, r, d)], -1)

  # x [T, ...] -> its rows [W, ...]; no rows are all rows.
  def pick(self: __torch__.M, x: Tensor, rows: List[Tensor]) -> Tensor:
    y = x
    if torch.gt(torch.len(rows), 0):
      y = torch.index_select(x, 0, rows[0])
    return y

  # h [T, E] -> what the maps before attention make of it: [queries of rows [W, H * D], keys and values [T, K * D]] or all three in one.
  def attention_products(self: __torch__.M, h: Tensor, attention: List[List[Tensor]], rows: List[Tensor], dropout: float) -> List[Tensor]:
    products = annotate(List[Tensor], [])
    for i in range(torch.sub(torch.len(attention), 1)):
      _ = torch.append(products, (self).linear((self).product_input(h, attention, rows, i), attention[i], dropout))
    return products

  # What map i of those before attention reads: queries of their own are only computed for some rows.
  def product_input(self: __torch__.M, h: Tensor, attention: List[List[Tensor]], rows: List[Tensor], i: int) -> Tensor:
    y = h
    if torch.gt(torch.len(attention), 2):
      if torch.eq(i, 0):
        y = (self).pick(h, rows)
    return y

  # Those products -> [queries of rows [W, H, D], keys [T, K, D], values [T, K, D]], not rotated yet.
  def heads_apart(self: __torch__.M, products: List[Tensor], rows: List[Tensor]) -> List[Tensor]:
    if torch.gt(torch.len(products), 1):
      query = torch.reshape(products[0], [torch.size(products[0], 0), self.heads, -1])
      t = torch.size(products[1], 0)
      key = torch.reshape(products[1], [t, self.kv_heads, -1])
      value = torch.reshape(products[2], [t, self.kv_heads, -1])
      return [query, key, value]
    t = torch.size(products[0], 0)
    if self.interleaved_heads:
      parts = torch.chunk(torch.reshape(products[0], [t, self.heads, -1]), 3, -1)
    else:
      all_heads = torch.reshape(products[0], [t, -1, self.head_dim])
      parts = torch.split_with_sizes(all_heads, [self.heads, self.kv_heads, self.kv_heads], 1)
    return [(self).pick(parts[0], rows), parts[1], parts[2]]

  # The same, normed and rotated.
  def attention_inputs(self: __torch__.M, products: List[Tensor], norms: List[List[Tensor]], rotary: List[Tensor], rows: List[Tensor]) -> List[Tensor]:
    parts = (self).heads_apart(products, rows)
    query_rotary = [(self).pick(rotary[0], rows), (self).pick(rotary[1], rows)]
    query = (self).rotate((self).norm(parts[0], norms[4]), query_rotary)
    key = (self).rotate((self).norm(parts[1], norms[5]), rotary)
    return [query, key, parts[2]]

  # x [T, K, D] -> [1, H, T, D], each key/value head repeated for the query heads that share it.
  def heads_first(self: __torch__.M, x: Tensor) -> Tensor:
    t = torch.size(x, 0)
    k = torch.size(x, 1)
    d = torch.size(x, 2)
    y = x
    if torch.ne(k, self.heads):
      g = torch.floordiv(self.heads, k)
      y = torch.reshape(torch.expand(torch.unsqueeze(x, 2), [t, k, g, d]), [t, self.heads, d])
    return torch.unsqueeze(torch.transpose(y, 0, 1), 0)

  # Additive mask [new, old + new] for new tokens behind old ones: each sees itself and those before it in its window.
  def visible_mask(self: __torch__.M, new: int, old: int, window: int, like: Tensor) -> Tensor:
    full = torch.full([new, torch.add(old, new)], float("-inf"), dtype=6, layout=None, device=ops.prim.device(like), pin_memory=None)
    hidden = torch.triu(full, torch.add(old, 1))
    if torch.gt(window, 0):
      hidden = torch.add(hidden, torch.tril(full, torch.sub(old, window)))
    return torch.type_as(hidden, like)

  # How many of `old` tokens no new token behind them sees.
  def out_of_reach(self: __torch__.M, old: int, window: int) -> int:
    first = 0
    if torch.gt(window, 0):
      if torch.ge(old, window):
        first = torch.add(torch.sub(old, window), 1)
    return first

  # Attention with capped scores (Gemma 2, arXiv:2408.00118), softmax in fp32. [1, H, n, D], [1, H, m, D] -> [1, H, n, D]
  def capped_attention(self: __torch__.M, query: Tensor, key: Tensor, value: Tensor, window: int) -> Tensor:
    n = torch.size(query, 2)
    products = torch.to(torch.matmul(query, torch.transpose(key, 2, 3)), 6)
    scores = (self).soft_cap(torch.mul(products, self.attention_scale), self.attention_soft_cap)
    if torch.gt(n, 1):
      scores = torch.add(scores, (self).visible_mask(n, torch.sub(torch.size(key, 2), n), window, scores))
    return torch.matmul(torch.type_as(torch.softmax(scores, -1), value), value)

  # q [n, H, D] are the last n of the tokens that k and v [m, K, D] are of; the first of k is in reach of the first q.
  def look(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
    n = torch.size(q, 0)
    m = torch.size(k, 0)
    query = (self).heads_first(q)
    key = (self).heads_first(k)
    value = (self).heads_first(v)
    narrow = False
    if torch.gt(window, 0):
      narrow = torch.gt(m, window)
    if torch.gt(self.attention_soft_cap, 0.):
      o = (self).capped_attention(query, key, value, window)
    elif torch.eq(n, 1):
      o = torch.scaled_dot_product_attention(query, key, value, None, 0., False, scale=self.attention_scale)
    elif narrow:
      mask = (self).visible_mask(n, torch.sub(m, n), window, query)
      o = torch.scaled_dot_product_attention(query, key, value, mask, 0., False, scale=self.attention_scale)
    elif torch.eq(n, m):
      o = torch.scaled_dot_product_attention(query, key, value, None, 0., True, scale=self.attention_scale)
    else:
      mask = (self).visible_mask(n, torch.sub(m, n), 0, query)
      o = torch.scaled_dot_product_attention(query, key, value, mask, 0., False, scale=self.attention_scale)
    return torch.transpose(torch.squeeze(o, 0), 0, 1)

  # As look without a window, with all scores in memory at once. All query heads of a key/value head are one product, and
  # nothing is copied for them; on processors that multiply bfloat16 this takes half of look's time.
  def look_densely(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    n = torch.size(q, 0)
    m = torch.size(k, 0)
    kv = torch.size(k, 1)
    by_head = torch.transpose(torch.reshape(torch.mul(q, self.attention_scale), [n, kv, -1]), 0, 1)
    query = torch.reshape(by_head, [kv, -1, torch.size(q, 2)])
    g = torch.floordiv(torch.size(query, 1), n)
    mask = torch.unsqueeze((self).visible_mask(n, torch.sub(m, n), 0, q), 1)
    mask_of_heads = torch.reshape(torch.expand(mask, [n, g, m]), [1, -1, m])
    weights = torch.softmax(torch.baddbmm(mask_of_heads, query, torch.permute(k, [1, 2, 0])), -1)
    o = torch.bmm(weights, torch.transpose(v, 0, 1))
    return torch.reshape(torch.transpose(torch.reshape(o, [kv, n, -1]), 0, 1), [n, -1, torch.size(v, 2)])

  # As look, in the cheapest way for a row of training.
  def look_in_row(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
    m = torch.size(k, 0)
    dense = torch.le(torch.mul(torch.size(q, 0), m), self.dense_scores)
    if torch.gt(window, 0):
      if torch.gt(m, window):
        dense = False
    if dense:
      o = (self).look_densely(q, k, v)
    else:
      o = torch.type_as((self).look(torch.to(q, 6), torch.to(k, 6), torch.to(v, 6), window), q)
    return o

  # q are the last counts[i] tokens of each segment i, k and v [T, K, D] all lengths[i] of it. A segment sees itself causally and all
  # of segment parents[i] (-1: none). -> [sum of counts, H, D]
  def attend(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, lengths: List[int], parents: List[int], counts: List[int], window: int) -> Tensor:
    like = q
    if torch.__or__(self.attention_in_fp32, torch.eq(self.dense_scores, 0)):
      like = torch.to(q, 6)
    qs = torch.split_with_sizes(like, counts, 0)
    ks = torch.split_with_sizes(torch.type_as(k, like), lengths, 0)
    vs = torch.split_with_sizes(torch.type_as(v, like), lengths, 0)
    outputs = annotate(List[Tensor], [])
    for i in range(torch.len(lengths)):
      parent = parents[i]
      key = ks[i]
      value = vs[i]
      if torch.ge(parent, 0):
        key = torch.cat([ks[parent], ks[i]], 0)
        value = torch.cat([vs[parent], vs[i]], 0)
      m = torch.size(key, 0)
      first = (self).out_of_reach(torch.sub(m, counts[i]), window)
      if torch.gt(first, 0):
        key = torch.slice(key, 0, first, m)
        value = torch.slice(value, 0, first, m)
      if torch.gt(counts[i], 0):
        _ = torch.append(outputs, (self).look_in_row(qs[i], key, value, window))
    return torch.type_as(torch.cat(outputs, 0), q)

  def activate(self: __torch__.M, x: Tensor) -> Tensor:
    if torch.eq(self.activation, "silu"):
      return torch.silu(x)
    if torch.eq(self.activation, "gelu_tanh"):
      return torch.gelu(x, approximate="tanh")
    return torch.gelu(x)

  # x [T, E] -> what the MLP's first maps make of it: [gate, up], or one for both, or without a gate one.
  def mlp_products(self: __torch__.M, x: Tensor, mlp: List[List[Tensor]], dropout: float) -> List[Tensor]:
    products = annotate(List[Tensor], [])
    for i in range(torch.sub(torch.len(mlp), 1)):
      _ = torch.append(products, (self).linear(x, mlp[i], dropout))
    return products

  # Those products -> what the MLP's last map reads.
  def mlp_inner(self: __torch__.M, products: List[Tensor]) -> Tensor:
    if torch.__not__(self.gated_mlp):
      h = (self).activate(products[0])
    elif torch.gt(torch.len(products), 1):
      h = torch.mul((self).activate(products[0]), products[1])
    else:
      halves = torch.chunk(products[0], 2, -1)
      h = torch.mul((self).activate(halves[0]), halves[1])
    return h

  # What the MLP reads, before its norm: x [W, E] is the layer's input, o [W, E] what attention's last map gave.
  def mlp_input(self: __torch__.M, x: Tensor, o: Tensor, norms: List[List[Tensor]]) -> Tensor:
    y = x
    if torch.__not__(self.parallel_residual):
      y = torch.add(x, (self).norm(o, norms[1]))
    return y

  # What the layer gives: y is what the MLP read before its norm, d what its last map gave.
  def layer_output(self: __torch__.M, y: Tensor, o: Tensor, d: Tensor, norms: List[List[Tensor]]) -> Tensor:
    if self.parallel_residual:
      return torch.add(torch.add((self).norm(d, norms[3]), (self).norm(o, norms[1])), y)
    return torch.add(y, (self).norm(d, norms[3]))

  # Attention's last map. mixed [W, H, D] is what attention gave.
  def mix_heads(self: __torch__.M, mixed: Tensor, attention: List[List[Tensor]], dropout: float) -> Tensor:
    return (self).linear(torch.flatten(mixed, 1), attention[torch.sub(torch.len(attention), 1)], dropout)

  # The rest of a layer behind attention. x [W, E] is the layer's input, mixed [W, H, D] what attention made of it.
  def behind_attention(self: __torch__.M, x: Tensor, mixed: Tensor, norms: List[List[Tensor]], attention: List[List[Tensor]], mlp: List[List[Tensor]], dropout: float) -> Tensor:
    o = (self).mix_heads(mixed, attention, dropout)
    y = (self).mlp_input(x, o, norms)
    inner = (self).mlp_inner((self).mlp_products((self).norm(y, norms[2]), mlp, dropout))
    d = (self).linear(inner, mlp[torch.sub(torch.len(mlp), 1)], dropout)
    return (self).layer_output(y, o, d, norms)

  # One layer. x [T, E] -> [W, E], for the W rows that are the last counts[i] of each segment i; no rows are all of them.
  def layer(self: __torch__.M, x: Tensor, norms: List[List[Tensor]], attention: List[List[Tensor]], mlp: List[List[Tensor]], window: int, rotary: List[Tensor], lengths: List[int], parents: List[int], counts: List[int], rows: List[Tensor], dropout: float, seed: int) -> Tensor:
    if torch.gt(dropout, 0.):
      torch.manual_seed(seed)
    products = (self).attention_products((self).norm(x, norms[0]), attention, rows, dropout)
    parts = (self).attention_inputs(products, norms, rotary, rows)
    mixed = (self).attend(parts[0], parts[1], parts[2], lengths, parents, counts, window)
    return (self).behind_attention((self).pick(x, rows), mixed, norms, attention, mlp, dropout)

  # The same with a graph kept for the gradients: [input as a leaf, output].
  def layer_with_graph(self: __torch__.M, x: Tensor, norms: List[List[Tensor]], attention: List[List[Tensor]], mlp: List[List[Tensor]], window: int, rotary: List[Tensor], lengths: List[int], parents: List[int], counts: List[int], rows: List[Tensor], dropout: float, seed: int, input_gradient: bool) -> List[Tensor]:
    leaf = torch.detach(x)
    if input_gradient:
      leaf = torch.requires_grad_(leaf, True)
    return [leaf, (self).layer(leaf, norms, attention, mlp, window, rotary, lengths, parents, counts, rows, dropout, seed)]

  # The layer without a graph, and what its linear maps gave: [output, attention's products, its last map's, the MLP's products,
  # and where the MLP's result is normed its last map's]. With these and x, layer_gradients needs no large product again.
  def layer_keeping_products(self: __torch__.M, x: Tensor, norms: List[List[Tensor]], attention: List[List[Tensor]], mlp: List[List[Tensor]], window: int, rotary: List[Tensor], lengths: List[int], parents: List[int], counts: List[int], rows: List[Tensor], dropout: float, seed: int) -> List[Tensor]:
    if torch.gt(dropout, 0.):
      torch.manual_seed(seed)
    queries = (self).attention_products((self).norm(x, norms[0]), attention, rows, dropout)
    parts = (self).attention_inputs(queries, norms, rotary, rows)
    o = (self).mix_heads((self).attend(parts[0], parts[1], parts[2], lengths, parents, counts, window), attention, dropout)
    y = (self).mlp_input((self).pick(x, rows), o, norms)
    gates = (self).mlp_products((self).norm(y, norms[2]), mlp, dropout)
    d = (self).linear((self).mlp_inner(gates), mlp[torch.sub(torch.len(mlp), 1)], dropout)
    kept = torch.add(torch.add([(self).layer_output(y, o, d, norms)], queries), torch.add([o], gates))
    if torch.gt(torch.len(norms[3]), 0):
      _ = torch.append(kept, d)
    return kept

  # What pull_back needs of a product of x with p: x itself; with a low-rank update also scale * A x; with DoRA's, which
  # scales the product itself, the product with its graph.
  def trace(self: __torch__.M, x: Tensor, p: List[Tensor], dropout: float) -> List[Tensor]:
    n = torch.len(p)
    if torch.gt(n, 5):
      return [(self).linear(x, p, dropout)]
    if torch.gt(n, 3):
      first = torch.sub(n, 3)
      z = x
      if torch.gt(dropout, 0.):
        z = torch.dropout(x, dropout, True)
      return [x, torch.mul(torch.linear(z, p[first]), p[torch.add(first, 2)])]
    return [x]

  # Adds a tensor and its gradient, unless nobody will ask for what lies behind it.
  def add_output(self: __torch__.M, outputs: List[Tensor], gradients: List[Tensor], output: Tensor, gradient: Tensor) -> int:
    if ops.prim.requires_grad(output):
      _ = torch.append(outputs, output)
      _0 = torch.append(gradients, gradient)
    return torch.len(outputs)

  # From the gradient dy of a product with p to those of what trace kept and of p's tensors, added to outputs and gradients.
  def pull_back(self: __torch__.M, traced: List[Tensor], p: List[Tensor], dy: Tensor, outputs: List[Tensor], gradients: List[Tensor]) -> int:
    n = torch.len(p)
    if torch.gt(n, 5):
      return (self).add_output(outputs, gradients, traced[0], dy)
    if ops.prim.requires_grad(traced[0]):
      _ = (self).add_output(outputs, gradients, traced[0], torch.matmul(dy, torch.detach(p[0])))
    if torch.gt(n, 3):
      b = p[torch.sub(n, 2)]
      _1 = (self).add_output(outputs, gradients, traced[1], torch.matmul(dy, torch.detach(b)))
      _2 = (self).add_output(outputs, gradients, b, torch.matmul(torch.t(dy), torch.detach(traced[1])))
    elif ops.prim.requires_grad(p[0]):
      _3 = (self).add_output(outputs, gradients, p[0], torch.matmul(torch.t(dy), torch.detach(traced[0])))
      if torch.eq(n, 2):
        _4 = (self).add_output(outputs, gradients, p[1], torch.sum(dy, [0]))
    return torch.len(outputs)

  # Gradients for the leaves, given back, and for those parameters that the outputs depend on, put in their places in found.
  def gradients_of(self: __torch__.M, outputs: List[Tensor], gradients: List[Tensor], leaves: List[Tensor], parameters: List[Tensor], found: List[Tensor]) -> List[Tensor]:
    of_leaves = annotate(List[Tensor], [])
    if torch.eq(torch.len(outputs), 0):
      return of_leaves
    outer = annotate(List[Optional[Tensor]], [])
    for i in range(torch.len(gradients)):
      _ = torch.append(outer, gradients[i])
    results = torch.autograd.grad(outputs, torch.add(leaves, parameters), outer, False, False, True)
    for i in range(torch.len(leaves)):
      _0 = torch.append(of_leaves, unchecked_cast(Tensor, results[i]))
    for i in range(torch.len(parameters)):
      result = results[torch.add(torch.len(leaves), i)]
      if torch.__isnot__(result, None):
        _1 = torch._set_item(found, i, unchecked_cast(Tensor, result))
    return of_leaves

  # all[start:end] as leaves of graphs of their own.
  def leaves(self: __torch__.M, all: List[Tensor], start: int, end: int) -> List[Tensor]:
    chosen = annotate(List[Tensor], [])
    for i in range(start, end):
      _ = torch.append(chosen, torch.requires_grad_(torch.detach(all[i]), True))
    return chosen

  # Gradients of sum(output * gradient) from what layer_keeping_products kept (without the output): [for x, if asked for],
  # then the parameters'. What is cheap runs again, with a graph from each product to the next; the products' own gradients
  # are worked out by hand.
  def layer_gradients(self: __torch__.M, x: Tensor, norms: List[List[Tensor]], attention: List[List[Tensor]], mlp: List[List[Tensor]], window: int, rotary: List[Tensor], lengths: List[int], parents: List[int], counts: List[int], rows: List[Tensor], dropout: float, seed: int, products: List[Tensor], gradient: Tensor, input_gradient: bool, parameters: List[Tensor]) -> List[Tensor]:
    found = annotate(List[Tensor], [])
    for i in range(torch.len(parameters)):
      _ = torch.append(found, torch.slice(torch.detach(gradient), 0, 0, 0))
    if torch.gt(dropout, 0.):
      torch.manual_seed(seed)
    # Again from the first map to the last, so that dropout draws what it drew.
    maps = torch.sub(torch.len(attention), 1)
    x_leaf = torch.detach(x)
    x_leaves = annotate(List[Tensor], [])
    if input_gradient:
      x_leaf = torch.requires_grad_(x_leaf, True)
      _0 = torch.append(x_leaves, x_leaf)
    h = (self).norm(x_leaf, norms[0])
    into_attention = annotate(List[List[Tensor]], [])
    for i in range(maps):
      _1 = torch.append(into_attention, (self).trace((self).product_input(h, attention, rows, i), attention[i], dropout))
    queries = (self).leaves(products, 0, maps)
    parts = (self).attention_inputs(queries, norms, rotary, rows)
    mixed = torch.flatten((self).attend(parts[0], parts[1], parts[2], lengths, parents, counts, window), 1)
    into_o = (self).trace(mixed, attention[maps], dropout)
    o = (self).leaves(products, maps, torch.add(maps, 1))
    attended = (self).norm(o[0], norms[1])
    x_rows = (self).pick(x_leaf, rows)
    y_leaf = torch.detach(x_rows)
    if torch.__not__(self.parallel_residual):
      y_leaf = torch.add(y_leaf, torch.detach(attended))
    y = (self).leaves([y_leaf], 0, 1)
    gates_end = torch.add(maps, torch.len(mlp))
    normed = (self).norm(y[0], norms[2])
    into_mlp = annotate(List[List[Tensor]], [])
    for i in range(torch.sub(torch.len(mlp), 1)):
      _2 = torch.append(into_mlp, (self).trace(normed, mlp[i], dropout))
    gates = (self).leaves(products, torch.add(maps, 1), gates_end)
    into_d = (self).trace((self).mlp_inner(gates), mlp[torch.sub(torch.len(mlp), 1)], dropout)
    # And back.
    of_d = gradient
    if torch.gt(torch.len(norms[3]), 0):
      d = (self).leaves(products, gates_end, torch.add(gates_end, 1))
      of_d = (self).gradients_of([(self).norm(d[0], norms[3])], [gradient], d, parameters, found)[0]
    outputs = annotate(List[Tensor], [])
    outer = annotate(List[Tensor], [])
    _3 = (self).pull_back(into_d, mlp[torch.sub(torch.len(mlp), 1)], of_d, outputs, outer)
    of_gates = (self).gradients_of(outputs, outer, gates, parameters, found)
    outputs = annotate(List[Tensor], [])
    outer = annotate(List[Tensor], [])
    for i in range(torch.sub(torch.len(mlp), 1)):
      _4 = (self).pull_back(into_mlp[i], mlp[i], of_gates[i], outputs, outer)
    of_y = torch.add((self).gradients_of(outputs, outer, y, parameters, found)[0], gradient)
    of_o = of_y
    if self.parallel_residual:
      of_o = gradient
    if torch.gt(torch.len(norms[1]), 0):
      of_o = (self).gradients_of([attended], [of_o], o, parameters, found)[0]
    outputs = annotate(List[Tensor], [])
    outer = annotate(List[Tensor], [])
    _5 = (self).pull_back(into_o, attention[maps], of_o, outputs, outer)
    of_queries = (self).gradients_of(outputs, outer, queries, parameters, found)
    outputs = annotate(List[Tensor], [])
    outer = annotate(List[Tensor], [])
    for i in range(maps):
      _6 = (self).pull_back(into_attention[i], attention[i], of_queries[i], outputs, outer)
    _7 = (self).add_output(outputs, outer, x_rows, of_y)
    return torch.add((self).gradients_of(outputs, outer, x_leaves, parameters, found), found)

  # One layer over new tokens x [n, E] behind `past` cached ones, writing their keys and values into the caches [capacity, K, D].
  def layer_cached(self: __torch__.M, x: Tensor, norms: List[List[Tensor]], attention: List[List[Tensor]], mlp: List[List[Tensor]], window: int, rotary: List[Tensor], keys: Tensor, values: Tensor, past: int) -> Tensor:
    end = torch.add(past, torch.size(x, 0))
    first = (self).out_of_reach(past, window)
    no_rows = annotate(List[Tensor], [])
    products = (self).attention_products((self).norm(x, norms[0]), attention, no_rows, 0.)
    parts = (self).attention_inputs(products, norms, rotary, no_rows)
    _ = torch.copy_(torch.slice(keys, 0, past, end), parts[1])
    _0 = torch.copy_(torch.slice(values, 0, past, end), parts[2])
    mixed = (self).look(parts[0], torch.slice(keys, 0, first, end), torch.slice(values, 0, first, end), window)
    return (self).behind_attention(x, mixed, norms, attention, mlp, 0.)

  # The embedding's scale as a number of like's type: bfloat16 models are trained with the rounded one.
  def rounded_scale(self: __torch__.M, like: Tensor) -> Tensor:
    return torch.type_as(torch.full([1], self.embedding_scale, dtype=6, layout=None, device=ops.prim.device(like), pin_memory=None), like)

  # ids [T] int64 -> [T, E]
  def embed(self: __torch__.M, weight: Tensor, ids: Tensor) -> Tensor:
    rows = torch.embedding(weight, ids)
    if torch.ne(self.embedding_scale, 1.):
      rows = torch.mul(rows, (self).rounded_scale(weight))
    return rows

  # As embed, with noise from -magnitudes to magnitudes [T, 1] fp32 on the rows (NEFTune, arXiv:2310.05914).
  def embed_with_noise(self: __torch__.M, weight: Tensor, ids: Tensor, magnitudes: Tensor, seed: int) -> Tensor:
    torch.manual_seed(seed)
    rows = torch.embedding(weight, ids)
    uniform = torch.sub(torch.mul(torch.rand_like(rows, dtype=6), 2.), 1.)
    rows = torch.add(rows, torch.type_as(torch.mul(uniform, magnitudes), rows))
    if torch.ne(self.embedding_scale, 1.):
      rows = torch.mul(rows, (self).rounded_scale(weight))
    return rows

  # Gradient of what embed gives [T, E] -> gradient of the embedding's rows [T, E].
  def embedding_gradient(self: __torch__.M, gradient: Tensor) -> Tensor:
    return torch.mul(gradient, (self).rounded_scale(gradient))

  # h [n, E] -> logits [n, V] in fp32
  def logits(self: __torch__.M, h: Tensor, norm: List[Tensor], head: Tensor) -> Tensor:
    scores = torch.to(torch.linear((self).norm(h, norm), head), 6)
    if torch.gt(self.logit_soft_cap, 0.):
      scores = (self).soft_cap(scores, self.logit_soft_cap)
    return scores

  # h [n, E], targets [n] int64 -> [summed cross-entropy (fp32), correct predictions (int64)]
  def loss(self: __torch__.M, h: Tensor, norm: List[Tensor], head: Tensor, targets: Tensor) -> List[Tensor]:
    scores = (self).logits(h, norm, head)
    total = torch.cross_entropy_loss(scores, targets, None, 2, -100, 0.)
    correct = torch.sum(torch.eq(torch.argmax(scores, -1), targets))
    return [total, correct]

  # The final norm with a graph kept: h [n, E] -> [h as a leaf, normed [n, E]].
  def norm_with_graph(self: __torch__.M, h: Tensor, norm: List[Tensor]) -> List[Tensor]:
    leaf = torch.requires_grad_(torch.detach(h), True)
    return [leaf, (self).norm(leaf, norm)]

  # Cross-entropy and its gradients, worked out by hand: the scores [n, V] are held once, in the model's type, and turned
  # into their gradients where they lie, a few positions at a time in fp32.
  # A target's probability is 1 - smoothing, the rest is spread over the vocabulary alike.
  # normed [n, E], targets [n] int64 -> [summed cross-entropy (fp32); scale times the gradients of normed and of the scores]
  def loss_gradients(self: __torch__.M, normed: Tensor, head: Tensor, targets: Tensor, smoothing: float, scale: float, at_once: int) -> List[Tensor]:
    scores = torch.linear(torch.detach(normed), head)
    total = torch.zeros([], dtype=6, layout=None, device=ops.prim.device(scores), pin_memory=None)
    chunks = torch.split(scores, at_once, 0)
    targets_of_chunks = torch.split(torch.unsqueeze(targets, 1), at_once, 0)
    for i in range(torch.len(chunks)):
      total = torch.add(total, (self).gradients_in_place(chunks[i], targets_of_chunks[i], smoothing, scale))
    return [total, torch.matmul(scores, head), scores]

  # scores [c, V] become the gradients of their summed cross-entropy, which is given back; targets [c, 1]
  def gradients_in_place(self: __torch__.M, scores: Tensor, targets: Tensor, smoothing: float, scale: float) -> Tensor:
    capped = torch.to(scores, 6)
    if torch.gt(self.logit_soft_cap, 0.):
      capped = (self).soft_cap(capped, self.logit_soft_cap)
    logarithms = torch.log_softmax(capped, -1)
    total = torch.mul(torch.sum(torch.gather(logarithms, 1, targets)), torch.sub(smoothing, 1.))
    if torch.gt(smoothing, 0.):
      total = torch.sub(total, torch.mul(torch.sum(torch.mean(logarithms, [1])), smoothing))
    gradients = torch.exp_(logarithms)
    certain = torch.full_like(targets, torch.sub(smoothing, 1.), dtype=6)
    gradients = torch.scatter_add_(gradients, 1, targets, certain)
    if torch.gt(smoothing, 0.):
      gradients = torch.sub_(gradients, torch.div(smoothing, torch.size(scores, 1)))
    if torch.gt(self.logit_soft_cap, 0.):
      share = torch.div(capped, self.logit_soft_cap)
      gradients = torch.mul_(gradients, torch.sub(1., torch.mul(share, share)))
    _ = torch.copy_(scores, torch.mul_(gradients, scale))
    return total

  # Gradient of the head [V, E] from those of the scores [n, V].
  def head_gradient(self: __torch__.M, scores: Tensor, normed: Tensor) -> Tensor:
    return torch.matmul(torch.t(scores), torch.detach(normed))

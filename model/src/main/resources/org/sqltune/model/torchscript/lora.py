# What becomes of weights under low-rank updates. Everything is computed in fp32, whatever the weights' type.
#
# Axes: weight [out, in], A [r, in], B [out, r]; the update is scale * B A.

def update(self: __torch__.M, a: Tensor, b: Tensor, scale: float) -> Tensor:
  return torch.mul(torch.matmul(torch.to(b, 6), torch.to(a, 6)), scale)

# weight + scale * B A, fp32
def updated(self: __torch__.M, weight: Tensor, a: Tensor, b: Tensor, scale: float) -> Tensor:
  return torch.add(torch.to(torch.detach(weight), 6), (self).update(torch.detach(a), torch.detach(b), scale))

# Norms of the rows of weight + scale * B A, some rows at a time, into target: fp32 [out].
def row_norms(self: __torch__.M, weight: Tensor, a: Tensor, b: Tensor, scale: float, target: Tensor) -> Tensor:
  rows = torch.size(weight, 0)
  step = torch.add(torch.floordiv(1048576, torch.size(weight, 1)), 1)
  for i in range(torch.floordiv(torch.sub(torch.add(rows, step), 1), step)):
    start = torch.mul(i, step)
    end = ops.prim.min(torch.add(start, step), rows)
    part = (self).updated(torch.slice(weight, 0, start, end), a, torch.slice(b, 0, start, end), scale)
    _ = torch.copy_(torch.slice(target, 0, start, end), torch.linalg_vector_norm(part, 2, [1]))
  return target

# weight + scale * B A, in weight's type
def merge(self: __torch__.M, weight: Tensor, a: Tensor, b: Tensor, scale: float) -> Tensor:
  return torch.type_as((self).updated(weight, a, b, scale), weight)

# The same, every row stretched to its magnitude [out] (DoRA, arXiv:2402.09353).
def merge_decomposed(self: __torch__.M, weight: Tensor, a: Tensor, b: Tensor, scale: float, magnitude: Tensor) -> Tensor:
  together = (self).updated(weight, a, b, scale)
  norms = torch.linalg_vector_norm(together, 2, [1])
  factor = torch.unsqueeze(torch.div(torch.detach(magnitude), norms), 1)
  return torch.type_as(torch.mul(together, factor), weight)

# weight - scale * B A into target [out, in], in target's type.
def residual(self: __torch__.M, weight: Tensor, a: Tensor, b: Tensor, scale: float, target: Tensor) -> Tensor:
  return torch.copy_(torch.detach(target), (self).updated(weight, a, b, torch.neg(scale)))

# Singular vectors [out, r], values [r], vectors [r, in] -> [A, B] with scale * B A their product.
def factors(self: __torch__.M, u: Tensor, s: Tensor, v: Tensor, scale: float) -> List[Tensor]:
  root = torch.sqrt(torch.div(s, scale))
  return [torch.mul(torch.unsqueeze(root, 1), v), torch.mul(u, root)]

# The r largest principal components as [A, B] (PiSSA, arXiv:2404.02948).
def principal(self: __torch__.M, weight: Tensor, rank: int, scale: float) -> List[Tensor]:
  u, s, v, = torch.linalg_svd(torch.to(torch.detach(weight), 6), False)
  return (self).factors(torch.slice(u, 1, 0, rank), torch.slice(s, 0, 0, rank), torch.slice(v, 0, 0, rank), scale)

def basis(self: __torch__.M, x: Tensor) -> Tensor:
  q, r, = torch.linalg_qr(x)
  return q

# The same, nearly and fast: a random range finder with power iterations (Halko et al., arXiv:0909.4061, algorithms 4.4
# and 5.1). random [in, r] is normally distributed.
def principal_nearly(self: __torch__.M, weight: Tensor, random: Tensor, iterations: int, scale: float) -> List[Tensor]:
  w = torch.to(torch.detach(weight), 6)
  q = (self).basis(torch.matmul(w, random))
  for i in range(iterations):
    q = (self).basis(torch.matmul(w, (self).basis(torch.matmul(torch.t(w), q))))
  u, s, v, = torch.linalg_svd(torch.matmul(torch.t(q), w), False)
  return (self).factors(torch.matmul(q, u), s, v, scale)

# What has changed since the start, as one update of twice the rank: B A - B0 A0 = [B | -B0] [A | A0].
def difference(self: __torch__.M, a: Tensor, b: Tensor, a0: Tensor, b0: Tensor) -> List[Tensor]:
  return [torch.cat([torch.detach(a), a0], 0), torch.cat([torch.detach(b), torch.neg(b0)], 1)]

# The inverse: [A, B, A0, B0].
def difference_parts(self: __torch__.M, a: Tensor, b: Tensor) -> List[Tensor]:
  top, bottom, = torch.chunk(a, 2, 0)
  left, right, = torch.chunk(b, 2, 1)
  return [torch.contiguous(top), torch.contiguous(left), torch.contiguous(bottom), torch.neg(right)]

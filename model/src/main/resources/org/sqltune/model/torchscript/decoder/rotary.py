# Rotary position embedding (RoPE, arXiv:2104.09864). cos and sin: [T, 1, R] for the R rotated numbers of a head. The first half
# of sin is negative: it is what the second half of a head is multiplied with on its way to the first.

# positions [T] int64; frequencies fp32, [1, R/2] or for each token its own [T, R/2] -> [cos, sin], each [T, 1, R], in like's dtype.
def rotary(self: __torch__.M, positions: Tensor, frequencies: Tensor, like: Tensor) -> List[Tensor]:
  angles = torch.mul(torch.unsqueeze(torch.to(positions, 6), 1), frequencies)
  both = torch.unsqueeze(torch.cat([angles, angles], -1), 1)
  cos = torch.mul(torch.cos(both), self.rotary_magnitude)
  sines = torch.unsqueeze(torch.sin(angles), 1)
  sin = torch.mul(torch.cat([torch.neg(sines), sines], -1), self.rotary_magnitude)
  return [torch.type_as(cos, like), torch.type_as(sin, like)]

# x [T, heads, R]: rotates the pairs (i, i + R/2) by the position's angles.
def rotate_all(self: __torch__.M, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  halves = torch.chunk(x, 2, -1)
  return torch.add(torch.mul(x, cos), torch.mul(torch.cat([halves[1], halves[0]], -1), sin))

# x [T, heads, D]: rotates the first R numbers of each head.
def rotate(self: __torch__.M, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  r = torch.size(cos, -1)
  d = torch.size(x, -1)
  if torch.eq(r, d):
    return (self).rotate_all(x, cos, sin)
  return torch.cat([(self).rotate_all(torch.slice(x, -1, 0, r), cos, sin), torch.slice(x, -1, r, d)], -1)

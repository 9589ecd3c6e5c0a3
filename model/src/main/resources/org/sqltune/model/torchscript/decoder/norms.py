# Norms of the last axis, computed in fp32.
# A norm is named tensors: weight [n], and where the attribute layer_norm is set, bias [n].

# x [..., n] -> [..., n]; LayerNorm (arXiv:1607.06450) or RMSNorm (arXiv:1910.07467).
def norm(self: __torch__.M, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
  if self.layer_norm:
    return torch.layer_norm(x, [torch.size(x, -1)], w["weight"], w["bias"], self.epsilon, False)
  if torch.le(torch.size(x, 0), 512):
    return (self).rms_norm(x, w["weight"])
  normed = annotate(List[Tensor], [])
  parts = torch.split(x, 512, 0)
  for i in range(torch.len(parts)):
    _ = torch.append(normed, (self).rms_norm(parts[i], w["weight"]))
  return torch.cat(normed, 0)

# Of rows that fit the processor's caches in fp32: larger ones take three times as long, most of it for new memory.
def rms_norm(self: __torch__.M, x: Tensor, w: Tensor) -> Tensor:
  y = torch.to(x, 6)
  scale = torch.rsqrt(torch.add(torch.mean(torch.mul(y, y), [-1], True), self.epsilon))
  if self.norm_from_one:
    return torch.type_as(torch.mul(torch.mul(y, scale), torch.add(torch.to(w, 6), 1.)), x)
  return torch.mul(w, torch.type_as(torch.mul(y, scale), x))

# x normed at one place of a layer; x itself where the layer has no norm there.
def norm_at(self: __torch__.M, x: Tensor, norms: Dict[str, Dict[str, Tensor]], place: str) -> Tensor:
  y = x
  if torch.__contains__(norms, place):
    y = (self).norm(x, norms[place])
  return y

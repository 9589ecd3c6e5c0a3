# From token ids to hidden states.

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

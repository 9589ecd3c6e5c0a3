# Gradients added up and applied, in place and in fp32.

# sums[i] += gradients[i]
def accumulate(self: __torch__.M, sums: List[Tensor], gradients: List[Tensor]) -> int:
  for i in range(torch.len(sums)):
    _ = torch.add_(sums[i], gradients[i])
  return torch.len(sums)

# sum [V, E] += rows of gradient [T, E] at ids [T]
def accumulate_rows(self: __torch__.M, sum: Tensor, ids: Tensor, gradient: Tensor) -> int:
  _ = torch.index_add_(sum, 0, ids, torch.to(gradient, 6))
  return 1

def clear(self: __torch__.M, sums: List[Tensor]) -> int:
  for i in range(torch.len(sums)):
    _ = torch.zero_(sums[i])
  return torch.len(sums)

# Euclidean norm of all gradients as one vector.
def global_norm(self: __torch__.M, gradients: List[Tensor]) -> Tensor:
  norms = annotate(List[Tensor], [])
  for i in range(torch.len(gradients)):
    _ = torch.append(norms, torch.norm(gradients[i], 2))
  return torch.norm(torch.stack(norms), 2)

# One step of AdamW (Loshchilov & Hutter, arXiv:1711.05101) with torch's order of operations. decay and learning_rates
# are each parameter's own; step counts from 1.
def adamw(self: __torch__.M, parameters: List[Tensor], gradients: List[Tensor], first: List[Tensor], second: List[Tensor], decay: List[float], gradient_scale: float, learning_rates: List[float], beta1: float, beta2: float, epsilon: float, step: int) -> int:
  correction1 = torch.sub(1., torch.pow(beta1, step))
  correction2 = torch.sqrt(torch.sub(1., torch.pow(beta2, step)))
  for i in range(torch.len(parameters)):
    p = torch.detach(parameters[i])
    g = torch.mul(gradients[i], gradient_scale)
    m = first[i]
    v = second[i]
    learning_rate = learning_rates[i]
    _ = torch.mul_(p, torch.sub(1., torch.mul(learning_rate, decay[i])))
    _0 = torch.lerp_(m, g, torch.sub(1., beta1))
    _1 = torch.addcmul_(torch.mul_(v, beta2), g, g, value=torch.sub(1., beta2))
    denominator = torch.add(torch.div(torch.sqrt(v), correction2), epsilon)
    _2 = torch.addcdiv_(p, m, denominator, value=torch.neg(torch.div(learning_rate, correction1)))
  return step

# The nearest semi-orthogonal matrix, roughly: five Newton-Schulz steps with Muon's quintic (Jordan et al. 2024).
def orthogonalize(self: __torch__.M, x: Tensor) -> Tensor:
  tall = torch.gt(torch.size(x, 0), torch.size(x, 1))
  if tall:
    y = torch.t(x)
  else:
    y = x
  y = torch.div(y, torch.add(torch.norm(y, 2), 1.0e-07))
  for i in range(5):
    a = torch.matmul(y, torch.t(y))
    b = torch.add(torch.mul(a, -4.775), torch.mul(torch.matmul(a, a), 2.0315))
    y = torch.add(torch.mul(y, 3.4445), torch.matmul(b, y))
  if tall:
    y = torch.t(y)
  return y

# One step of Muon: Nesterov momentum, orthogonalised, scaled by the matrix's shape.
def muon(self: __torch__.M, parameters: List[Tensor], gradients: List[Tensor], momenta: List[Tensor], gradient_scale: float, learning_rate: float, momentum: float, decay: float) -> int:
  for i in range(torch.len(parameters)):
    p = torch.detach(parameters[i])
    g = torch.mul(gradients[i], gradient_scale)
    m = momenta[i]
    _ = torch.lerp_(m, g, torch.sub(1., momentum))
    update = (self).orthogonalize(torch.lerp(g, m, momentum))
    ratio = torch.div(torch.size(p, 0), torch.size(p, 1))
    if torch.gt(ratio, 1.):
      stretch = torch.sqrt(ratio)
    else:
      stretch = 1.
    _0 = torch.mul_(p, torch.sub(1., torch.mul(learning_rate, decay)))
    _1 = torch.add_(p, update, alpha=torch.neg(torch.mul(learning_rate, stretch)))
  return torch.len(parameters)

# Gradients added up and applied, in place and in fp32.
class M(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

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

  # One step of AdamW (Loshchilov & Hutter, arXiv:1711.05101) with torch's order of operations. step counts from 1.
  def adamw(self: __torch__.M, parameters: List[Tensor], gradients: List[Tensor], first: List[Tensor], second: List[Tensor], decay: List[float], gradient_scale: float, learning_rate: float, beta1: float, beta2: float, epsilon: float, step: int) -> int:
    correction1 = torch.sub(1., torch.pow(beta1, step))
    correction2 = torch.sqrt(torch.sub(1., torch.pow(beta2, step)))
    for i in range(torch.len(parameters)):
      p = torch.detach(parameters[i])
      g = torch.mul(gradients[i], gradient_scale)
      m = first[i]
      v = second[i]
      _ = torch.mul_(p, torch.sub(1., torch.mul(learning_rate, decay[i])))
      _0 = torch.lerp_(m, g, torch.sub(1., beta1))
      _1 = torch.addcmul_(torch.mul_(v, beta2), g, g, value=torch.sub(1., beta2))
      denominator = torch.add(torch.div(torch.sqrt(v), correction2), epsilon)
      _2 = torch.addcdiv_(p, m, denominator, value=torch.neg(torch.div(learning_rate, correction1)))
    return step

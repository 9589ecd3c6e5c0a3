# From hidden states to logits, cross-entropy and its gradients. norm is the final norm's named tensors, head [V, E].

# h [n, E] -> logits [n, V] in fp32
def logits(self: __torch__.M, h: Tensor, norm: Dict[str, Tensor], head: Tensor) -> Tensor:
  scores = torch.to(torch.linear((self).norm(h, norm), head), 6)
  if torch.gt(self.logit_soft_cap, 0.):
    scores = (self).soft_cap(scores, self.logit_soft_cap)
  return scores

# The same where the head is a linear layer in another layout (see linear.py).
def packed_logits(self: __torch__.M, h: Tensor, norm: Dict[str, Tensor], head: Dict[str, Tensor]) -> Tensor:
  x = (self).norm(h, norm)
  if torch.__contains__(head, "int8"):
    scores = (self).int8_product((self).int8_codes(x, head), head)
  elif torch.__contains__(head, "half"):
    scores = (self).half_product(x, head)
  else:
    scores = torch.to((self).packed_product(x, head), 6)
  if torch.gt(self.logit_soft_cap, 0.):
    scores = (self).soft_cap(scores, self.logit_soft_cap)
  return scores

# The same of some tokens, whose rows of the head are codes int8 [m, E] with scales fp32 [m], bit for bit.
def int8_logits(self: __torch__.M, h: Tensor, norm: Dict[str, Tensor], head: Dict[str, Tensor], codes: Tensor, scales: Tensor) -> Tensor:
  x = (self).int8_codes((self).norm(h, norm), head)
  scores = (self).int8_product_of_rows(x, head, codes, scales)
  if torch.gt(self.logit_soft_cap, 0.):
    scores = (self).soft_cap(scores, self.logit_soft_cap)
  return scores

# Rows of the head [V, E] of some tokens [m] int64 -> [m, E].
def head_rows(self: __torch__.M, head: Tensor, tokens: Tensor) -> Tensor:
  return torch.index_select(torch.detach(head), 0, tokens)

# h [n, E], targets [n] int64 -> [summed cross-entropy (fp32), correct predictions (int64)]
def loss(self: __torch__.M, h: Tensor, norm: Dict[str, Tensor], head: Tensor, targets: Tensor) -> List[Tensor]:
  scores = (self).logits(h, norm, head)
  total = torch.cross_entropy_loss(scores, targets, None, 2, -100, 0.)
  correct = torch.sum(torch.eq(torch.argmax(scores, -1), targets))
  return [total, correct]

# The final norm with a graph kept: h [n, E] -> [h as a leaf, normed [n, E]].
def norm_with_graph(self: __torch__.M, h: Tensor, norm: Dict[str, Tensor]) -> List[Tensor]:
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

# Linear layers. A linear layer is named tensors: weight [out, in] and, where it has one, bias [out]; with an adapter also
# lora_A [r, in], lora_B [out, r] and scale; with adapters of some rows spans and their tensors (see adapter.py).

# x [T, in] -> [T, out]; dropout is the adapter's.
def linear(self: __torch__.M, x: Tensor, p: Dict[str, Tensor], dropout: float) -> Tensor:
  if torch.__contains__(p, "bias"):
    y = torch.linear(x, p["weight"], p["bias"])
  else:
    y = torch.linear(x, p["weight"])
  if torch.__contains__(p, "lora_A"):
    y = (self).with_adapter(x, y, p, dropout)
  if torch.__contains__(p, "spans"):
    y = (self).with_adapters_of_rows(x, y, p)
  return y

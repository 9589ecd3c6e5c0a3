# Tensors in and out of files and between element types: what DJL's Java boundary can't do for bfloat16.
# dtype codes: 0 uint8, 4 int64, 5 float16, 6 float32, 15 bfloat16.

# Maps `count` elements of a file from its beginning, copy-on-write.
def map_file(self: __torch__.M, path: str, count: int, dtype: int) -> Tensor:
  return torch.from_file(path, False, count, dtype=dtype)

# Elements [start, start + count) of a mapped file, shaped; no copy.
def view_mapped(self: __torch__.M, file: Tensor, start: int, count: int, shape: List[int]) -> Tensor:
  return torch.reshape(torch.slice(file, 0, start, torch.add(start, count)), shape)

# Bytes [start, start + count) of a file mapped as uint8 as elements of dtype: a copy, so that any alignment will do.
def copy_mapped(self: __torch__.M, file: Tensor, start: int, count: int, dtype: int, shape: List[int]) -> Tensor:
  part = torch.clone(torch.slice(file, 0, start, torch.add(start, count)))
  return torch.reshape(torch.view_copy(part, dtype=dtype), shape)

# Sum of all elements, in fp32 in the end. A NaN or an infinity among them makes it one too; so may an overflow.
def sum(self: __torch__.M, x: Tensor) -> Tensor:
  return torch.to(torch.sum(torch.detach(x)), 6)

# Number of elements that are NaN or infinite.
def count_not_finite(self: __torch__.M, x: Tensor) -> Tensor:
  return torch.to(torch.sum(torch.logical_not(torch.isfinite(torch.detach(x)))), 6)

# Elements [start, end) of x, read in row-major order, as raw bytes.
def raw_bytes(self: __torch__.M, x: Tensor, start: int, end: int) -> Tensor:
  part = torch.slice(torch.reshape(torch.detach(x), [-1]), 0, start, end)
  return torch.clone(torch.view_copy(torch.contiguous(part), dtype=0))

# x in another element type; x itself where it already has it.
def cast(self: __torch__.M, x: Tensor, dtype: int) -> Tensor:
  return torch.to(torch.detach(x), dtype)

def copy(self: __torch__.M, x: Tensor) -> Tensor:
  return torch.clone(torch.contiguous(torch.detach(x)))

# Element type as its code.
def dtype(self: __torch__.M, x: Tensor) -> int:
  return ops.prim.dtype(x)

# Bytes its elements take.
def bytes(self: __torch__.M, x: Tensor) -> int:
  return torch.mul(torch.numel(x), torch.element_size(x))

def require_gradient(self: __torch__.M, x: Tensor) -> Tensor:
  return torch.requires_grad_(x, True)

def zeros(self: __torch__.M, shape: List[int], dtype: int) -> Tensor:
  return torch.zeros(shape, dtype=dtype)

def empty(self: __torch__.M, shape: List[int], dtype: int) -> Tensor:
  return torch.empty(shape, dtype=dtype)

# Overwrites x's elements with source's, converting.
def assign(self: __torch__.M, x: Tensor, source: Tensor) -> Tensor:
  return torch.copy_(torch.detach(x), source)

# Rows of x in the order of index [n] int64.
def select_rows(self: __torch__.M, x: Tensor, index: Tensor) -> Tensor:
  return torch.index_select(torch.detach(x), 0, index)

# Puts rows [n, E] at index [n] of target [count, E].
def put_rows(self: __torch__.M, target: Tensor, index: Tensor, rows: Tensor) -> Tensor:
  return torch.index_copy_(target, 0, index, rows)

# Index of each row's largest element, the first one of several [rows] int64.
def argmax(self: __torch__.M, x: Tensor) -> Tensor:
  return torch.argmax(x, -1)

# Scores [rows, width] -> fp32 [2, rows]: the logarithm of the best one's probability, and of the sum of all e^score; summed in
# fp64.
def log_sums(self: __torch__.M, x: Tensor) -> Tensor:
  y = torch.to(x, 7)
  sums = torch.logsumexp(y, [1])
  return torch.to(torch.stack([torch.sub(torch.amax(y, [1]), sums), sums]), 6)

# Copies what lies at indices source [n] of axis 1 to indices target [n], in each of some tensors.
def copy_within(self: __torch__.M, tensors: List[Tensor], source: Tensor, target: Tensor) -> Tensor:
  for i in range(torch.len(tensors)):
    _ = torch.index_copy_(tensors[i], 1, target, torch.index_select(tensors[i], 1, source))
  return target

def add_in_place(self: __torch__.M, x: Tensor, other: Tensor) -> Tensor:
  return torch.add_(x, other)

def slice(self: __torch__.M, x: Tensor, start: int, end: int) -> Tensor:
  return torch.slice(x, 0, start, end)

# Gradients of sum(output * grad_output) with respect to inputs, in their order; the graph is freed.
def gradients(self: __torch__.M, output: Tensor, inputs: List[Tensor], grad_output: Tensor) -> List[Tensor]:
  outer = annotate(List[Optional[Tensor]], [grad_output])
  found = torch.autograd.grad([output], inputs, outer, False, False, False)
  result = annotate(List[Tensor], [])
  for i in range(torch.len(inputs)):
    _ = torch.append(result, unchecked_cast(Tensor, found[i]))
  return result

# [n, k], [k, m] -> [n, m]
def product(self: __torch__.M, a: Tensor, b: Tensor) -> Tensor:
  return torch.matmul(a, b)

/**
 * What a run will take, before it begins: parameters, memory by part, time, and whether it fits this machine. Memory is
 * counted tensor by tensor from the model's shape and the rows that the data will be arranged in; what no formula gives
 * (the virtual machine, the allocator's gaps) was measured once, and {@code benchmarks/estimate.py} compares the sum with
 * real runs.
 */
@NullMarked
package org.sqltune.training.estimate;

import org.jspecify.annotations.NullMarked;

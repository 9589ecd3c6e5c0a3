/**
 * Estimates a run before it starts: parameters, memory by part, time, and whether it fits this machine. Memory is
 * counted tensor by tensor from the model's shape and the rows of the data. The sizes of the JVM and of the allocator's
 * gaps were measured once; {@code benchmarks/estimate.py} compares the sum with real runs.
 */
@NullMarked
package org.sqltune.training.estimate;

import org.jspecify.annotations.NullMarked;

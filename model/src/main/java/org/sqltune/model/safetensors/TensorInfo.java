package org.sqltune.model.safetensors;

import java.nio.file.Path;
import org.sqltune.model.torch.ElementType;

/**
 * Where a tensor lies.
 *
 * @param name its name in the file
 * @param type its element type
 * @param shape sizes of its axes, outermost first
 * @param file the file
 * @param start position of its first byte in the file
 * @param end position after its last byte
 */
public record TensorInfo(String name, ElementType type, long[] shape, Path file, long start, long end) {}

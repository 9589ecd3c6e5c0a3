package org.sqltune.model.lora;

import org.sqltune.model.decoder.Parameter;
import org.sqltune.model.decoder.ProjectionType;

/**
 * The update of one linear map: {@code y += alpha/r · B (A x)}.
 *
 * @param layer which layer
 * @param type which of its linear maps
 * @param a [r, in]
 * @param b [out, r]
 */
public record LoraLinear(int layer, ProjectionType type, Parameter a, Parameter b) {}

package org.sqltune.model.lora;

import org.sqltune.model.decoder.Parameter;
import org.sqltune.model.decoder.Projection;

/**
 * The update of one linear map: {@code y += alpha/r · B (A x)}.
 *
 * @param layer which layer
 * @param projection which of its linear maps
 * @param a [r, in]
 * @param b [out, r]
 */
public record LoraLinear(int layer, Projection projection, Parameter a, Parameter b) {}

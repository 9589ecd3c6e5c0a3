package org.sqltune.model.quantization;

import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.Tensor;

/** A largest absolute value shows every NaN and infinity of what it was taken from. */
final class FiniteScales {
    private FiniteScales() {}

    static void check(String name, Tensor scales) {
        for (float scale : scales.toFloats()) {
            if (!Float.isFinite(scale)) {
                throw new SqlTuneException(
                        name + " holds NaN or infinity and can't be quantised." + " Download or save the model again");
            }
        }
    }
}

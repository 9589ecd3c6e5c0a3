package org.sqltune.model.quantization;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.ScriptModule;
import org.sqltune.model.torch.ScriptSource;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** What the decoder's linear layers make of numbers, for tests of weights in layouts of their own. */
final class PackedProducts {
    private final Torch torch;
    private final ScriptModule linear;

    PackedProducts(Torch torch, TensorScope owner) {
        this.torch = torch;
        this.linear =
                torch.compile(owner, ScriptSource.of("decoder/linear", "decoder/adapter", "int4", "int8"), Map.of());
    }

    /** Rows of x times the weight, plus a bias, computed in a type: [rows, out]. */
    float[] product(QuantizedWeight weight, float[] x, int rows, float[] bias, ElementType type) {
        try (TensorScope temporary = torch.scope()) {
            Map<String, Tensor> tensors = new HashMap<>(weight.forProducts());
            tensors.put("bias", torch.cast(temporary, temporary.floats(bias, bias.length), type));
            Tensor read = torch.cast(temporary, temporary.floats(x, rows, x.length / rows), type);
            Tensor found = linear.tensor(temporary, "linear", read, tensors, 0.0);
            return torch.cast(temporary, found, ElementType.FLOAT32).toFloats();
        }
    }

    /** What a type keeps of numbers. */
    float[] rounded(float[] values, ElementType type) {
        try (TensorScope temporary = torch.scope()) {
            Tensor short16 = torch.cast(temporary, temporary.floats(values, values.length), type);
            return torch.cast(temporary, short16, ElementType.FLOAT32).toFloats();
        }
    }

    static float[] normal(long seed, int count) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}

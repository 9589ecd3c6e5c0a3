package org.sqltune.model.weight;

import java.util.Arrays;
import java.util.Random;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * Weights of a new model, as transformers initialises them: matrices normally distributed around 0, norms neutral,
 * biases 0. The same seed gives the same weights on every machine.
 */
public final class RandomWeights implements WeightSource {
    private final Torch torch;
    private final ElementType type;
    private final DecoderConfig config;
    private final Random random;

    /**
     * @param torch where the weights will live
     * @param type their element type
     * @param config the model, with the standard deviation of the matrices' elements ({@code initializer_range})
     * @param seed seed of the random numbers
     */
    public RandomWeights(Torch torch, ElementType type, DecoderConfig config, long seed) {
        this.torch = torch;
        this.type = type;
        this.config = config;
        this.random = new Random(seed);
    }

    @Override
    public Tensor weight(TensorScope owner, String name, long... shape) {
        float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
        if (name.endsWith("norm.weight")) {
            Arrays.fill(values, config.arithmetic().norm().neutralWeight());
        } else if (!name.endsWith(".bias")) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * config.initializerRange());
            }
        }
        try (TensorScope temporary = torch.scope()) {
            return owner.keep(torch.cast(temporary, temporary.floats(values, shape), type));
        }
    }
}

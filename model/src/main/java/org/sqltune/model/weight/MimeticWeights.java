package org.sqltune.model.weight;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * Random weights whose attention begins as it ends up in trained models (Trockman and Kolter, arXiv:2305.09828): keys equal
 * queries, so that tokens attend to tokens like them, and what values read, outputs put back. Copying, which a text-to-SQL
 * model does most of the time, forms sooner from there.
 */
public final class MimeticWeights implements WeightSource {
    /** Mean of q · k / √D of a normed token with itself at the beginning. */
    private static final double SELF_SCORE = 3;

    private static final double EMBEDDING_DEVIATION = 0.05;

    private final Torch torch;
    private final ElementType type;
    private final DecoderConfig config;
    private final Random random;
    private final RandomWeights plain;
    private final Map<String, float[]> made = new HashMap<>();

    /**
     * @param torch where the weights will live
     * @param type their element type
     * @param config the model's shape
     * @param seed seed of the random numbers
     * @throws SqlTuneException if the model has no separate queries, keys and values
     */
    public MimeticWeights(Torch torch, ElementType type, DecoderConfig config, long seed) {
        if (!config.modules().layer().moduleNames().containsAll(List.of("q_proj", "k_proj", "v_proj", "o_proj"))) {
            throw new SqlTuneException(
                    "training.init mimetic needs q_proj, k_proj, v_proj and o_proj, which model_type "
                            + config.modelType() + " doesn't have. Use training.init random");
        }
        this.torch = torch;
        this.type = type;
        this.config = config;
        this.random = new Random(seed);
        this.plain = new RandomWeights(torch, type, config, seed + 1);
    }

    @Override
    public Tensor weight(TensorScope owner, String name, long... shape) {
        float[] values = values(name, shape);
        if (values.length == 0) {
            return plain.weight(owner, name, shape);
        }
        try (TensorScope temporary = torch.scope()) {
            return owner.keep(torch.cast(temporary, temporary.floats(values, shape), type));
        }
    }

    /** The elements; none where an ordinary random weight will do. */
    private float[] values(String name, long... shape) {
        String layer = name.substring(0, Math.max(0, name.indexOf(".self_attn.")));
        if (name.endsWith("q_proj.weight")) {
            double deviation = Math.sqrt(SELF_SCORE / (Math.sqrt(config.headDim()) * config.hiddenSize()));
            return remember(layer + ".q", gaussian(deviation, shape));
        }
        if (name.endsWith("k_proj.weight")) {
            return firstOfEachGroup(recall(layer + ".q"));
        }
        if (name.endsWith("v_proj.weight")) {
            return remember(layer + ".v", orthonormalRows((int) shape[0], (int) shape[1]));
        }
        if (name.endsWith("o_proj.weight")) {
            return transposedForEveryHead(recall(layer + ".v"));
        }
        if (name.endsWith("down_proj.weight")) {
            return gaussian(config.initializerRange() / Math.sqrt(2.0 * config.layers()), shape);
        }
        return name.endsWith("embed_tokens.weight") ? gaussian(EMBEDDING_DEVIATION, shape) : new float[0];
    }

    private float[] remember(String key, float[] values) {
        made.put(key, values);
        return values;
    }

    private float[] recall(String key) {
        float[] values = made.remove(key);
        if (values == null) {
            throw new IllegalStateException("weights of a layer are asked for in the layer's order, but no " + key);
        }
        return values;
    }

    private float[] gaussian(double deviation, long... shape) {
        float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }

    /** Queries [H·D, E] → keys [K·D, E]. */
    private float[] firstOfEachGroup(float[] queries) {
        int headSize = config.headDim() * config.hiddenSize();
        int group = config.heads() / config.keyValueHeads();
        float[] keys = new float[config.keyValueHeads() * headSize];
        for (int head = 0; head < config.keyValueHeads(); head++) {
            System.arraycopy(queries, head * group * headSize, keys, head * headSize, headSize);
        }
        return keys;
    }

    /** Values [K·D, E] → outputs [E, H·D], scaled so that a layer begins as a small step. */
    private float[] transposedForEveryHead(float[] values) {
        int width = config.hiddenSize();
        int querySize = config.querySize();
        int group = config.heads() / config.keyValueHeads();
        float[] outputs = new float[width * querySize];
        for (int column = 0; column < querySize; column++) {
            int row = column / config.headDim() / group * config.headDim() + column % config.headDim();
            for (int e = 0; e < width; e++) {
                outputs[e * querySize + column] = (float) (values[row * width + e] * EMBEDDING_DEVIATION);
            }
        }
        return outputs;
    }

    /** Random rows of length 1 at right angles (Gram-Schmidt); beyond {@code columns} rows, at random ones. */
    private float[] orthonormalRows(int rows, int columns) {
        double[][] matrix = new double[rows][columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix[row][column] = random.nextGaussian();
            }
            for (int other = row / columns * columns; other < row; other++) {
                subtract(matrix[row], matrix[other], dot(matrix[row], matrix[other]));
            }
            double length = Math.sqrt(dot(matrix[row], matrix[row]));
            for (int column = 0; column < columns; column++) {
                matrix[row][column] /= length;
            }
        }
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) matrix[i / columns][i % columns];
        }
        return values;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void subtract(double[] target, double[] other, double factor) {
        for (int i = 0; i < target.length; i++) {
            target[i] -= factor * other[i];
        }
    }
}

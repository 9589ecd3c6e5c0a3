package org.sqltune.model.lora;

import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.LoraScript;
import org.sqltune.model.weight.Projection;

/** How a fresh adapter begins: PEFT's {@code init_lora_weights}. None of them changes what the model computes. */
public sealed interface LoraInitialization {
    /** A uniform in ±1/√in (Kaiming's uniform with a = √5), B zero. {@code true} in PEFT. */
    record Uniform() implements LoraInitialization {}

    /** A normal with standard deviation 1/r, B zero. */
    record Gaussian() implements LoraInitialization {}

    /**
     * A and B hold the weight's r largest principal components, and the frozen weight is what is left of it (PiSSA: Meng et
     * al., arXiv:2404.02948).
     *
     * @param iterations power iterations of a quick decomposition; 0 for an exact one
     */
    record Principal(int iterations) implements LoraInitialization {}

    /** By its name in PEFT: {@code true}, {@code gaussian}, {@code pissa} or {@code pissa_niter_N}. */
    static LoraInitialization of(String name) {
        Matcher pissa = Pattern.compile("pissa(?:_niter_(\\d{1,4}))?").matcher(name);
        if (pissa.matches()) {
            return new Principal(pissa.group(1) == null ? 0 : Integer.parseInt(pissa.group(1)));
        }
        return switch (name) {
            case "true" -> new Uniform();
            case "gaussian" -> new Gaussian();
            default ->
                throw new SqlTuneException(
                        "init_lora_weights " + name + " is not known: give true, gaussian, pissa or pissa_niter_16");
        };
    }

    /** Its numbers; the seed decides what is random. */
    default LoraSource source(Torch torch, long seed) {
        Random random = new Random(seed);
        if (this instanceof Principal principal) {
            return new PrincipalSource(torch, principal.iterations(), random);
        }
        return (scope, name, projection, rank, scale) -> {
            ProjectionShape shape = projection.shape();
            double bound = 1 / Math.sqrt(shape.inputSize());
            DoubleSupplier number = this instanceof Gaussian
                    ? () -> random.nextGaussian() / rank
                    : () -> (2 * random.nextDouble() - 1) * bound;
            Tensor a = random(scope, number, rank, shape.inputSize());
            Tensor b = scope.floats(new float[shape.outputSize() * rank], shape.outputSize(), rank);
            return new LoraSource.Values(a, b, null, false);
        };
    }

    private static Tensor random(TensorScope scope, DoubleSupplier number, int rows, int columns) {
        float[] values = new float[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) number.getAsDouble();
        }
        return scope.floats(values, rows, columns);
    }

    /** Decomposes the weights. */
    record PrincipalSource(Torch torch, int iterations, Random random) implements LoraSource {
        private static final Logger log = LoggerFactory.getLogger(PrincipalSource.class);

        @Override
        public Values values(TensorScope scope, String name, Projection projection, int rank, double scale) {
            ProjectionShape shape = projection.shape();
            int largest = Math.min(shape.inputSize(), shape.outputSize());
            if (rank > largest) {
                throw new SqlTuneException(
                        "PiSSA of " + projection.path() + ": r " + rank + " is above its " + largest
                                + " components. Lower lora.r, or give this linear layer a rank of its own in lora.rank_pattern");
            }
            log.debug("PiSSA: decomposing {}", projection.path());
            Tensor weight = projection.weight().value();
            LoraScript script = new LoraScript(torch);
            LoraScript.Factors factors = iterations == 0
                    ? script.principal(scope, weight, rank, scale)
                    : script.principalNearly(
                            scope,
                            weight,
                            LoraInitialization.random(scope, random::nextGaussian, shape.inputSize(), rank),
                            iterations,
                            scale);
            return new Values(factors.a(), factors.b(), null, true);
        }
    }
}

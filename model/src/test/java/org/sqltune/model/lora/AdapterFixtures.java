package org.sqltune.model.lora;

import java.util.List;
import java.util.Random;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.weight.Parameter;

/** Adapters that change something. */
final class AdapterFixtures {
    static final LoraConfig QUERY_AND_VALUE = new LoraConfig(4, 8, 0, List.of("q_proj", "v_proj"));
    static final LoraConfig EVERY_PROJECTION = new LoraConfig(3, 7.5, 0.05, List.of(LoraConfig.ALL_LINEAR));

    private AdapterFixtures() {}

    /** An adapter all of whose numbers are random, as after training; magnitudes stay near what they were. */
    static LoraAdapter random(Decoder decoder, LoraConfig config, long seed) {
        return random(decoder, config, new LoraInitialization.Uniform(), seed);
    }

    /** The same of an adapter that began in its own way. */
    static LoraAdapter random(Decoder decoder, LoraConfig config, LoraInitialization initialization, long seed) {
        LoraAdapter adapter = LoraAdapter.create(decoder, config, initialization, seed);
        Random random = new Random(seed);
        try (TensorScope scope = decoder.torch().scope()) {
            for (Parameter parameter : adapter.all()) {
                Tensor master = parameter.master();
                float[] values = new float[(int) master.count()];
                float[] before = master.toFloats();
                boolean magnitude = master.shape().length == 1;
                for (int i = 0; i < values.length; i++) {
                    double number = 0.2 * random.nextGaussian();
                    values[i] = (float) (magnitude ? before[i] * (1 + number) : number);
                }
                decoder.torch().assign(master, scope.floats(values, master.shape()));
                parameter.refresh(decoder.torch());
            }
        }
        return adapter;
    }
}

package org.sqltune.model;

import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Parameter;

/** An adapter that changes what a model answers, as a trained one does: a new one changes nothing. */
final class DisturbedAdapter {
    private DisturbedAdapter() {}

    static LoraAdapter of(Torch torch, Decoder decoder, LoraConfig config) {
        LoraAdapter adapter = LoraAdapter.create(decoder, config, 5);
        for (Parameter parameter : adapter.all()) {
            float[] values = parameter.master().toFloats();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) Math.sin(i) / 10;
            }
            try (TensorScope scope = torch.scope()) {
                torch.assign(
                        parameter.master(),
                        scope.floats(values, parameter.master().shape()));
            }
            parameter.refresh(torch);
        }
        return adapter;
    }
}

package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Parameter;
import org.sqltune.model.weight.TrainableParameters;
import org.sqltune.model.weight.Weight;

/** Every weight of a decoder, made trainable. The decoder computes with the trainable copies from then on. */
public final class FullParameters implements TrainableParameters {
    private final Map<String, Parameter> all = new LinkedHashMap<>();
    private final List<List<Parameter>> layers = new ArrayList<>();
    private final List<Parameter> finalNorm = new ArrayList<>();
    private final Parameter head;
    private final Parameter embedding;

    /** Replaces the decoder's weights by trainable copies. */
    public FullParameters(Decoder decoder) {
        embedding = train(decoder, decoder.embedding());
        for (int i = 0; i < decoder.config().layers(); i++) {
            layers.add(decoder.layer(i).weights().stream()
                    .map(weight -> train(decoder, weight))
                    .toList());
        }
        decoder.head().norm().forEach(weight -> finalNorm.add(train(decoder, weight)));
        head = train(decoder, decoder.head().weight());
    }

    private Parameter train(Decoder decoder, Weight weight) {
        return all.computeIfAbsent(weight.name(), name -> {
            Torch torch = decoder.torch();
            Parameter parameter = Parameter.of(torch, decoder.scope(), name, weight.value(), decoder.type());
            weight.value().close();
            weight.replace(parameter.compute());
            return parameter;
        });
    }

    @Override
    public List<Parameter> layer(int index) {
        return layers.get(index);
    }

    @Override
    public List<Parameter> finalNorm() {
        return finalNorm;
    }

    @Override
    public Optional<Parameter> head() {
        return Optional.of(head);
    }

    @Override
    public Optional<Parameter> embedding() {
        return Optional.of(embedding);
    }

    @Override
    public List<Parameter> all() {
        return List.copyOf(all.values());
    }
}

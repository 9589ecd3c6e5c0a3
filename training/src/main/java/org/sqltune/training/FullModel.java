package org.sqltune.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.decoder.FullParameters;
import org.sqltune.model.decoder.TrainableParameters;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.SafetensorsWriter;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** A model all of whose weights are trained. Checkpoints keep them in fp32, the result in the type config.json names. */
public final class FullModel implements TrainableModel {
    private static final String WEIGHTS = "model.safetensors";

    private final LanguageModel model;
    private final FullParameters parameters;

    /** Makes every weight of the model trainable. */
    public FullModel(LanguageModel model) {
        this.model = model;
        this.parameters = new FullParameters(model.decoder());
    }

    @Override
    public LanguageModel model() {
        return model;
    }

    @Override
    public TrainableParameters parameters() {
        return parameters;
    }

    @Override
    public double dropout() {
        return 0;
    }

    @Override
    public void writeCheckpoint(Path folder) throws IOException {
        write(folder, ElementType.FLOAT32);
    }

    @Override
    public void restore(Path folder) {
        Torch torch = model.decoder().torch();
        try (SafetensorsReader saved = SafetensorsReader.ofFile(torch, folder.resolve(WEIGHTS))) {
            ParameterValues.restore(torch, parameters.all(), saved);
        }
    }

    @Override
    public void writeFinal(Path folder) throws IOException {
        write(folder, model.decoder().config().storedType());
    }

    private void write(Path folder, ElementType type) throws IOException {
        Torch torch = model.decoder().torch();
        try (TensorScope scope = torch.scope()) {
            Map<String, Tensor> values = new LinkedHashMap<>();
            ParameterValues.masters(parameters.all())
                    .forEach((name, master) -> values.put(name, torch.cast(scope, master, type)));
            new SafetensorsWriter(torch).writeDirectly(folder.resolve(WEIGHTS), values);
        }
        ModelFiles.copyConfig(model.folder(), folder);
        ModelFiles.copyTokenizer(model.folder(), folder);
    }
}

package org.sqltune.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Parameter;
import org.sqltune.training.TestModels;

/** LoRA+: B matrices and magnitudes learn faster than A matrices. */
class LoraPlusTest {
    private static final double LEARNING_RATE = 1e-3;
    private static final List<String> NAMES =
            List.of("q_proj.lora_A.weight", "q_proj.lora_B.weight", "q_proj.lora_magnitude_vector");

    private final Torch torch = Torch.cpu();

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @Test
    void aRatioOfOneIsAdamWBitForBit() {
        assertThat(steps(12, "training.loraplus_lr_ratio=1")).isEqualTo(steps(12, "training.loraplus_lr_ratio=null"));
    }

    /** Adam's first step moves each number by the learning rate, whatever its gradient. */
    @Test
    void theFirstStepOfBAndOfMagnitudesIsTheRatioTimesLonger() {
        Map<String, List<Float>> moved = steps(1, "training.loraplus_lr_ratio=16");
        assertThat(moved.get("q_proj.lora_A.weight"))
                .allSatisfy(each -> assertThat(Math.abs(each)).isCloseTo(1e-3f, within(1e-6f)));
        for (String name : NAMES.subList(1, 3)) {
            assertThat(moved.get(name))
                    .as(name)
                    .allSatisfy(each -> assertThat(Math.abs(each)).isCloseTo(16e-3f, within(1e-5f)));
        }
    }

    /** The parameters, which begin at zero, after some steps with made-up gradients. */
    private Map<String, List<Float>> steps(int count, String setting) {
        try (TensorScope scope = torch.scope()) {
            List<Parameter> parameters = new ArrayList<>();
            for (String name : NAMES) {
                long[] shape = name.endsWith("vector") ? new long[] {6} : new long[] {2, 3};
                Tensor zeros = torch.zeros(scope, ElementType.FLOAT32, shape);
                parameters.add(Parameter.of(torch, scope, name, zeros, ElementType.FLOAT32));
            }
            try (AdamW optimizer = new AdamW(
                    torch,
                    TestModels.settings("training.weight_decay=0.1", setting).optimizer(),
                    parameters)) {
                for (int step = 0; step < count; step++) {
                    optimizer.step(gradients(scope, parameters, step), 0.7, LEARNING_RATE);
                }
            }
            Map<String, List<Float>> values = new TreeMap<>();
            parameters.forEach(each -> values.put(each.name(), list(each.master())));
            return values;
        }
    }

    private static List<Tensor> gradients(TensorScope scope, List<Parameter> parameters, int step) {
        List<Tensor> gradients = new ArrayList<>();
        for (Parameter parameter : parameters) {
            float[] values = new float[6];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.sin(1 + i + 7 * step + 3 * gradients.size());
            }
            gradients.add(scope.floats(values, parameter.master().shape()));
        }
        return gradients;
    }

    private static List<Float> list(Tensor tensor) {
        List<Float> list = new ArrayList<>();
        for (float value : tensor.toFloats()) {
            list.add(value);
        }
        return list;
    }
}

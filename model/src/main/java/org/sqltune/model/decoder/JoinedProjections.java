package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.config.ProjectionShape.Role;
import org.sqltune.model.quantization.PackedRows;
import org.sqltune.model.quantization.QuantizedWeight;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.QuantizationScript;
import org.sqltune.model.weight.Projection;
import org.sqltune.model.weight.WeightSource;

/**
 * Linear layers that read the same numbers and are computed as one product: fewer, larger products take less time.
 *
 * @param role the role of a linear layer that does all of their work
 * @param members the linear layers
 * @param tensors of the product, by their names in {@code decoder/linear.py}
 */
record JoinedProjections(Role role, List<Projection> members, Map<String, Tensor> tensors) {
    private static final Map<Role, List<Role>> MEMBERS =
            Map.of(Role.QKV, List.of(Role.Q, Role.K, Role.V), Role.GATE_UP, List.of(Role.GATE, Role.UP));

    /** Makes a layer's linear layers, joined where the source lays their weights out together. */
    record Maker(
            Torch torch, DecoderConfig config, int index, TensorScope owner, WeightSource source, Runnable onChange) {
        /**
         * Takes the weights of some linear layers.
         *
         * @param shapes those of attention, or of the MLP
         * @param found gets the linear layers by name, in the order of {@code shapes}
         * @return those that are joined
         */
        List<JoinedProjections> make(List<ProjectionShape> shapes, Map<String, Projection> found) {
            List<JoinedProjections> joined = new ArrayList<>();
            Map<String, Projection> made = new HashMap<>();
            MEMBERS.forEach((role, members) -> {
                List<ProjectionShape> parts = shapes.stream()
                        .filter(each -> members.contains(each.role()))
                        .toList();
                if (parts.stream().map(ProjectionShape::role).toList().equals(members)
                        && parts.stream().map(ProjectionShape::bias).distinct().count() == 1) {
                    join(role, parts).ifPresent(each -> {
                        joined.add(each);
                        each.members().forEach(one -> made.put(one.shape().moduleName(), one));
                    });
                }
            });
            for (ProjectionShape shape : shapes) {
                Projection one = made.get(shape.moduleName());
                found.put(
                        shape.moduleName(),
                        one == null ? new Projection(path(shape), shape, owner, source, onChange) : one);
            }
            return joined;
        }

        private String path(ProjectionShape shape) {
            return config.modules().path(index, shape.path());
        }

        private Optional<JoinedProjections> join(Role role, List<ProjectionShape> parts) {
            List<String> names =
                    parts.stream().map(each -> path(each) + ".weight").toList();
            List<long[]> shapes = parts.stream()
                    .map(each -> new long[] {each.outputSize(), each.inputSize()})
                    .toList();
            return source.together(owner, names, shapes).map(whole -> joined(role, parts, whole));
        }

        private JoinedProjections joined(Role role, List<ProjectionShape> parts, QuantizedWeight whole) {
            List<Projection> members = new ArrayList<>();
            long start = 0;
            for (ProjectionShape part : parts) {
                PackedRows rows = new PackedRows(torch, whole, start, start + part.outputSize());
                members.add(new Projection(path(part), part, owner, source, rows, onChange));
                start = rows.end();
            }
            Map<String, Tensor> tensors = new HashMap<>(whole.forProducts());
            if (parts.get(0).bias()) {
                List<Tensor> biases = members.stream()
                        .map(each -> each.weights().get(1).value())
                        .toList();
                tensors.put("bias", new QuantizationScript(torch).belowEachOther(owner, biases));
            }
            return new JoinedProjections(role, members, tensors);
        }
    }

    /** Whether a linear layer's product is this one. */
    boolean has(@Nullable Projection projection) {
        return members.contains(projection);
    }
}

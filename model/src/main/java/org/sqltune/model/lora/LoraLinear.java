package org.sqltune.model.lora;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.safetensors.Restoration;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.LoraScript;
import org.sqltune.model.torch.script.LoraScript.Factors;
import org.sqltune.model.weight.DecomposedUpdate;
import org.sqltune.model.weight.Parameter;
import org.sqltune.model.weight.Projection;
import org.sqltune.model.weight.ProjectionUpdate;

/** The update of one linear layer: A [r, in], B [out, r], and with DoRA a magnitude [out]. */
public final class LoraLinear {
    private final int layer;
    private final Projection projection;
    private final double scale;
    private final Parameter a;
    private final Parameter b;
    private final @Nullable Parameter magnitude;
    private final @Nullable PrincipalPart principal;
    private final ProjectionUpdate update;
    private @Nullable Tensor replaced;

    private LoraLinear(
            int layer,
            Projection projection,
            double scale,
            Parameter a,
            Parameter b,
            @Nullable Parameter magnitude,
            @Nullable PrincipalPart principal,
            ProjectionUpdate update) {
        this.layer = layer;
        this.projection = projection;
        this.scale = scale;
        this.a = a;
        this.b = b;
        this.magnitude = magnitude;
        this.principal = principal;
        this.update = update;
        if (update instanceof DecomposedUpdate) {
            a.onRefresh(this::changed);
            b.onRefresh(this::changed);
        }
    }

    /** Makes one, its tensors in an adapter's scope. */
    record Maker(Decoder decoder, LoraConfig config, TensorScope owner, LoraSource source) {
        LoraLinear make(int layer, Projection projection) {
            Torch torch = decoder.torch();
            String name = "base_model.model." + projection.path();
            double scale = config.scale(projection.path());
            try (TensorScope temporary = torch.scope()) {
                LoraSource.Values values =
                        source.values(temporary, name, projection, config.rank(projection.path()), scale);
                Parameter a = Parameter.of(torch, owner, name + ".lora_A.weight", values.a(), decoder.type());
                Parameter b = Parameter.of(torch, owner, name + ".lora_B.weight", values.b(), decoder.type());
                Tensor scaleTensor = owner.floats(new float[] {(float) scale});
                ProjectionUpdate.LowRank lowRank = new ProjectionUpdate.LowRank(a.compute(), b.compute(), scaleTensor);
                if (config.weightDecomposed()) {
                    Tensor first = values.magnitude() == null
                            ? rowNorms(temporary, projection, a, b, scale)
                            : values.magnitude();
                    // In fp32 whatever the decoder's type: a rounded one would change the model before anything is
                    // learned.
                    Parameter magnitude =
                            Parameter.of(torch, owner, name + ".lora_magnitude_vector", first, ElementType.FLOAT32);
                    ProjectionUpdate update = new DecomposedUpdate(torch, owner, lowRank, scale, magnitude.compute());
                    return new LoraLinear(layer, projection, scale, a, b, magnitude, null, update);
                }
                if (values.principal()) {
                    PrincipalPart part =
                            new PrincipalPart(torch, owner, projection.weight().value(), scale, a.master(), b.master());
                    ProjectionUpdate update = new ProjectionUpdate.Residual(lowRank, part.residual());
                    return new LoraLinear(layer, projection, scale, a, b, null, part, update);
                }
                return new LoraLinear(layer, projection, scale, a, b, null, null, lowRank);
            }
        }

        private Tensor rowNorms(TensorScope scope, Projection projection, Parameter a, Parameter b, double scale) {
            Torch torch = decoder.torch();
            Tensor norms =
                    torch.zeros(scope, ElementType.FLOAT32, projection.shape().outputSize());
            try (TensorScope temporary = torch.scope()) {
                Tensor weight = projection
                        .weight()
                        .quantized()
                        .map(each -> each.dequantize(temporary, decoder.type()))
                        .orElseGet(() -> projection.weight().value());
                new LoraScript(torch).rowNorms(weight, new Factors(a.compute(), b.compute()), scale, norms);
            }
            return norms;
        }
    }

    /** Which layer. */
    public int layer() {
        return layer;
    }

    /** Which of its linear layers. */
    public Projection projection() {
        return projection;
    }

    /** [r, in] */
    public Parameter a() {
        return a;
    }

    /** [out, r] */
    public Parameter b() {
        return b;
    }

    /** What is trained, in the order in which it is saved. */
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(List.of(a, b));
        if (magnitude != null) {
            all.add(magnitude);
        }
        return all;
    }

    ProjectionUpdate update() {
        return update;
    }

    void attach() {
        changed();
        projection.attach(update);
    }

    void detach() {
        projection.detach();
    }

    private void changed() {
        if (update instanceof DecomposedUpdate decomposed) {
            decomposed.changed();
        }
        projection.updateChanged();
    }

    /**
     * A weight with the update in it, computed in fp32 and rounded once.
     *
     * @param owner owns the result
     * @param weight the base's, in any element type
     */
    Tensor merged(Torch torch, TensorScope owner, Tensor weight) {
        LoraScript script = new LoraScript(torch);
        if (principal != null) {
            try (TensorScope temporary = torch.scope()) {
                return script.merge(owner, weight, principal.difference(temporary, a, b), scale);
            }
        }
        Factors factors = new Factors(a.master(), b.master());
        return magnitude == null
                ? script.merge(owner, weight, factors, scale)
                : script.mergeDecomposed(owner, weight, factors, scale, magnitude.master());
    }

    /** Puts the weight with the update in the weight's place, and keeps the old one in the adapter's scope. */
    void merge(Torch torch, TensorScope weights, TensorScope owner) {
        Tensor old = projection.weight().value();
        projection.weight().replace(merged(torch, weights, old));
        replaced = owner.keep(old);
    }

    /** Puts the old weight back. */
    void unmerge(TensorScope weights) {
        if (replaced != null) {
            Tensor merged = projection.weight().value();
            projection.weight().replace(weights.keep(replaced));
            merged.close();
            replaced = null;
        }
    }

    /** Whether this took over a part of the weight (PiSSA), so that files hold twice the rank. */
    boolean isResidual() {
        return principal != null;
    }

    /** By PEFT's names, fp32, what a plain loader needs to compute the same on the base as it is. */
    Map<String, Tensor> saved(TensorScope scope) {
        Map<String, Tensor> saved = new LinkedHashMap<>();
        parameters().forEach(parameter -> saved.put(parameter.name(), parameter.master()));
        if (principal != null) {
            Factors difference = principal.difference(scope, a, b);
            saved.put(a.name(), difference.a());
            saved.put(b.name(), difference.b());
        }
        return saved;
    }

    /** Takes the values that {@link #saved} gave, bit for bit. Returns how many tensors kept theirs. */
    int restore(Torch torch, SafetensorsReader file, Restoration how) {
        int kept = 0;
        try (TensorScope temporary = torch.scope()) {
            if (principal != null) {
                long rank = 2 * a.master().size(0);
                if (!how.takes(file, a.name(), rank, a.master().size(1))) {
                    return 2;
                }
                Tensor storedA = file.read(
                        temporary,
                        a.name(),
                        ElementType.FLOAT32,
                        rank,
                        a.master().size(1));
                Tensor storedB = file.read(
                        temporary, b.name(), ElementType.FLOAT32, b.master().size(0), rank);
                principal.restore(new Factors(storedA, storedB), a, b);
            } else {
                for (Parameter parameter : parameters()) {
                    Tensor master = parameter.master();
                    if (how.takes(file, parameter.name(), master.shape())) {
                        Tensor stored = file.read(temporary, parameter.name(), ElementType.FLOAT32, master.shape());
                        torch.assign(master, stored);
                    } else {
                        kept++;
                    }
                }
            }
        }
        parameters().forEach(parameter -> parameter.refresh(torch));
        return kept;
    }
}

package org.sqltune.deployment.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.deployment.gguf.GgufTensor;
import org.sqltune.deployment.gguf.GgufType;
import org.sqltune.deployment.gguf.TensorRows;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.NormPlace;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.config.ProjectionShape.Role;
import org.sqltune.model.config.RopeScaling;

/**
 * A model's tensors by llama.cpp's names. It keeps the rows of Llama's queries and keys in another order, since it rotates
 * neighbouring numbers of a head and not its halves.
 */
final class TensorList {
    private static final Map<Role, String> LINEAR = Map.of(
            Role.Q, "attn_q",
            Role.K, "attn_k",
            Role.V, "attn_v",
            Role.O, "attn_output",
            Role.GATE, "ffn_gate",
            Role.UP, "ffn_up",
            Role.DOWN, "ffn_down");
    private static final Map<NormPlace, String> NORMS =
            Map.of(NormPlace.BEFORE_ATTENTION, "attn_norm", NormPlace.BEFORE_MLP, "ffn_norm");

    private final DecoderConfig config;
    private final WeightRows weights;
    private final GgufType type;
    private final boolean permuted;
    private final List<GgufTensor> tensors = new ArrayList<>();

    /** @param permuted whether rows of queries and keys change their order */
    TensorList(DecoderConfig config, WeightRows weights, GgufType type, boolean permuted) {
        this.config = config;
        this.weights = weights;
        this.type = type;
        this.permuted = permuted;
    }

    /** All of them. */
    List<GgufTensor> build() {
        int hidden = config.hiddenSize();
        addMatrix("token_embd", config.modules().embedding(), config.vocabSize(), hidden, headType(hidden));
        addVector("output_norm.weight", config.modules().finalNorm() + ".weight", hidden);
        if (!config.tiedEmbeddings()) {
            addMatrix("output", config.modules().head(), config.vocabSize(), hidden, headType(hidden));
        }
        addRopeFactors();
        for (int layer = 0; layer < config.layers(); layer++) {
            addLayer(layer);
        }
        return tensors;
    }

    private void addLayer(int layer) {
        String block = "blk." + layer + ".";
        config.modules().layer().norms().forEach((place, module) -> {
            String name = NORMS.get(place);
            if (name == null) {
                throw new SqlTuneException("GGUF has no name for the norm " + module + " of " + config.modelType());
            }
            addVector(block + name + ".weight", config.modules().path(layer, module) + ".weight", config.hiddenSize());
        });
        for (ProjectionShape each : config.modules().layer().projections()) {
            String name = LINEAR.get(each.role());
            if (name == null) {
                throw new SqlTuneException(
                        "GGUF has no name for the linear layer " + each.path() + " of " + config.modelType());
            }
            addLinear(block + name, config.modules().path(layer, each.path()), each);
        }
    }

    private void addLinear(String name, String module, ProjectionShape shape) {
        TensorRows rows = weights.rows(module + ".weight", shape.outputSize(), shape.inputSize());
        int heads = permutedHeads(shape.role());
        int width = heads == 0 ? 0 : shape.outputSize() / heads;
        tensors.add(GgufTensor.matrix(
                name + ".weight",
                fitting(type, shape.inputSize()),
                shape.outputSize(),
                shape.inputSize(),
                heads == 0 ? rows : (row, into) -> rows.read(source(row, width), into)));
        if (shape.bias()) {
            TensorRows bias = weights.rows(module + ".bias", 1, shape.outputSize());
            tensors.add(GgufTensor.vector(
                    name + ".bias", shape.outputSize(), heads == 0 ? bias : (row, into) -> permute(bias, width, into)));
        }
    }

    private static void permute(TensorRows vector, int width, float[] into) throws IOException {
        float[] plain = new float[into.length];
        vector.read(0, plain);
        for (int i = 0; i < into.length; i++) {
            into[i] = plain[source(i, width)];
        }
    }

    /** Heads whose rows change their order; 0 for none. */
    private int permutedHeads(Role role) {
        if (!permuted) {
            return 0;
        }
        return role == Role.Q ? config.heads() : role == Role.K ? config.keyValueHeads() : 0;
    }

    /**
     * The row of the model that a row of the file is.
     *
     * @param width rows of a head: its first half and its second half are dealt out by turns
     */
    private static int source(int row, int width) {
        int inHead = row % width;
        return row - inHead + inHead % 2 * (width / 2) + inHead / 2;
    }

    /** Llama 3.1's scaling is kept as a divisor for each frequency. */
    private void addRopeFactors() {
        if (!(config.rope().scaling() instanceof RopeScaling.Llama3)) {
            return;
        }
        float[] scaled = config.rope().frequencies(1);
        float[] plain = new RopeScaling.None()
                .frequencies(config.rope().theta(), config.rope().dimension(), 1);
        tensors.add(GgufTensor.vector("rope_freqs.weight", plain.length, (row, into) -> {
            for (int i = 0; i < into.length; i++) {
                into[i] = plain[i] / scaled[i];
            }
        }));
    }

    private void addMatrix(String name, String module, int rows, int columns, GgufType matrixType) {
        tensors.add(GgufTensor.matrix(
                name + ".weight", matrixType, rows, columns, weights.rows(module + ".weight", rows, columns)));
    }

    private void addVector(String name, String source, int length) {
        tensors.add(GgufTensor.vector(name, length, weights.rows(source, 1, length)));
    }

    /** Embedding and head decide every token: in four bits they cost more answers than they save bytes. */
    private GgufType headType(int columns) {
        return fitting(type == GgufType.Q4_0 ? GgufType.Q8_0 : type, columns);
    }

    private static GgufType fitting(GgufType wanted, int columns) {
        return columns % wanted.blockLength() == 0 ? wanted : GgufType.F16;
    }
}

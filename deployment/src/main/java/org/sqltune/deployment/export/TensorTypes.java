package org.sqltune.deployment.export;

import java.util.Set;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.deployment.gguf.GgufType;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.ProjectionShape.Role;

/**
 * Which type each matrix of a file has: the choice of llama.cpp's quantiser. Matrices on which an error weighs more have more
 * bits, and rows that don't fill a type's blocks get a similar type that they fill.
 */
final class TensorTypes {
    private static final int LAYERS_OF_70B = 80;
    private static final Set<Role> WEIGHTY = Set.of(Role.V, Role.QKV, Role.DOWN);

    private final GgufFileType file;
    private final DecoderConfig config;

    TensorTypes(GgufFileType file, DecoderConfig config) {
        this.file = file;
        this.config = config;
    }

    /** The type of the embedding, which is also the head where a file has none. */
    GgufType embedding(boolean alsoHead) {
        return alsoHead ? head() : fitting(file.mostly(), config.hiddenSize());
    }

    /** The type of the head. */
    GgufType head() {
        boolean coarse = file.quantised() && file != GgufFileType.Q8_0;
        // The quantiser asks first whether the rows fill blocks of the file's type.
        GgufType type =
                !coarse ? file.mostly() : file.mostly().fits(config.hiddenSize()) ? GgufType.Q6_K : GgufType.Q8_0;
        return fitting(type, config.hiddenSize());
    }

    /** The type of a layer's matrix. */
    GgufType linear(Role role, int layer, int columns) {
        GgufType type = file.mostly();
        boolean mixed = file == GgufFileType.Q4_K_M || file == GgufFileType.Q5_K_M;
        if (mixed && WEIGHTY.contains(role) && matters(layer)) {
            type = GgufType.Q6_K;
        }
        if (role == Role.V && type == GgufType.Q4_K && isOf70Billion()) {
            // Eight heads share its values there.
            type = GgufType.Q5_K;
        }
        return fitting(type, columns);
    }

    /** The first and the last eighth of the layers, and every third between. */
    private boolean matters(int layer) {
        int layers = config.layers();
        int eighth = layers / 8;
        return layer < eighth || layer >= 7 * layers / 8 || (layer - eighth) % 3 == 2;
    }

    private boolean isOf70Billion() {
        Family family = Family.of(config.modelType()).orElse(Family.GPT_NEOX);
        return config.layers() == LAYERS_OF_70B
                && (family == Family.QWEN2 || (family == Family.LLAMA && config.heads() != config.keyValueHeads()));
    }

    private static GgufType fitting(GgufType wanted, int columns) {
        if (wanted.fits(columns)) {
            return wanted;
        }
        GgufType similar = switch (wanted) {
            case Q4_K -> GgufType.Q5_0;
            case Q5_K -> GgufType.Q5_1;
            case Q6_K -> GgufType.Q8_0;
            case F32, F16, BF16, Q4_0, Q5_0, Q5_1, Q8_0 -> GgufType.F16;
        };
        return similar.fits(columns) ? similar : GgufType.F16;
    }
}

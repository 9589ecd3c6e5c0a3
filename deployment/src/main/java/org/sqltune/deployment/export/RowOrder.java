package org.sqltune.deployment.export;

import java.io.IOException;
import org.sqltune.deployment.gguf.TensorRows;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.ProjectionShape.Role;

/** Which row of a model's linear layer stands where in llama.cpp's, and of a bias which number. */
@FunctionalInterface
interface RowOrder {
    /** As they are. */
    RowOrder SAME = row -> row;

    /** The row of the model that a row of the file is. */
    int source(int row);

    /** The order of a linear layer's rows. */
    static RowOrder of(Family family, DecoderConfig config, Role role) {
        if (family == Family.LLAMA && (role == Role.Q || role == Role.K)) {
            return alternatingHalves(config.headDim());
        }
        if (role == Role.QKV && config.arithmetic().interleavedHeads()) {
            return queriesThenKeysThenValues(config.heads(), config.headDim());
        }
        return SAME;
    }

    /**
     * Llama's queries and keys: llama.cpp rotates neighbouring numbers of a head and not its halves, so that the rows of its
     * first half and its second half are dealt out by turns.
     *
     * @param width rows of a head
     */
    private static RowOrder alternatingHalves(int width) {
        return row -> {
            int inHead = row % width;
            return row - inHead + inHead % 2 * (width / 2) + inHead / 2;
        };
    }

    /** GPT-NeoX has queries, keys and values of a head together; llama.cpp has those of all heads together. */
    private static RowOrder queriesThenKeysThenValues(int heads, int width) {
        return row -> {
            int part = row / (heads * width);
            int head = row / width % heads;
            return (head * 3 + part) * width + row % width;
        };
    }

    /** A matrix's rows in this order. */
    default TensorRows matrix(TensorRows rows) {
        return this == SAME ? rows : (row, into) -> rows.read(source(row), into);
    }

    /** A vector's numbers in this order. */
    default TensorRows vector(TensorRows vector) {
        return this == SAME ? vector : (row, into) -> reorder(vector, into);
    }

    private void reorder(TensorRows vector, float[] into) throws IOException {
        float[] plain = new float[into.length];
        vector.read(0, plain);
        for (int i = 0; i < into.length; i++) {
            into[i] = plain[source(i)];
        }
    }
}

package org.sqltune.model.decoder;

import java.util.List;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorList;
import org.sqltune.model.torch.TensorScope;

/** A batch's arrays on the device, shared by all layers. Its tensors belong to the scope it was prepared in. */
public final class PreparedBatch implements AutoCloseable {
    private final TokenBatch batch;
    private final Tensor ids;
    private final Tensor targetRows;
    private final Tensor targets;
    private final TensorList rotary;
    private final RowSelection output;
    private final TensorList allRows;
    private final TensorList outputRowList;

    PreparedBatch(TensorScope scope, TokenBatch batch, List<Tensor> rotary, RowSelection output) {
        this.batch = batch;
        this.output = output;
        this.allRows = new TensorList(List.of());
        this.outputRowList = new TensorList(
                output.complete() ? List.of() : List.of(scope.longs(output.rows(), output.rows().length)));
        this.ids = scope.longs(batch.ids(), batch.ids().length);
        this.targetRows = scope.longs(output.targetRows(), output.targetRows().length);
        this.targets = scope.longs(batch.targets(), batch.targets().length);
        this.rotary = new TensorList(rotary);
    }

    /** The tokens and how they lie. */
    public TokenBatch batch() {
        return batch;
    }

    /** Token ids [T]. */
    public Tensor ids() {
        return ids;
    }

    /** Number W of rows that the last layer gives. */
    public int outputRows() {
        return output.rows().length;
    }

    /** Rows of the last layer's output to predict from [n]. */
    public Tensor targetRows() {
        return targetRows;
    }

    /** Tokens to be predicted [n]. */
    public Tensor targets() {
        return targets;
    }

    TensorList rotary() {
        return rotary;
    }

    /** For each segment how many of its last tokens a layer computes. */
    long[] counts(boolean lastLayer) {
        return lastLayer ? output.counts() : batch.lengths();
    }

    /** The rows a layer computes, as a list of one tensor; an empty list for all. */
    TensorList rows(boolean lastLayer) {
        return lastLayer ? outputRowList : allRows;
    }

    @Override
    public void close() {
        rotary.close();
        allRows.close();
        outputRowList.close();
    }
}

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

    PreparedBatch(TensorScope scope, TokenBatch batch, List<Tensor> rotary) {
        this.batch = batch;
        this.ids = scope.longs(batch.ids(), batch.ids().length);
        this.targetRows = scope.longs(batch.targetRows(), batch.targetRows().length);
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

    /** Rows to predict from [n]. */
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

    @Override
    public void close() {
        rotary.close();
    }
}

package org.sqltune.model.decoder;

import java.util.HashMap;
import java.util.Map;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorMap;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.script.DecoderScript.Rotary;
import org.sqltune.model.torch.script.LayerScript;

/** A batch's arrays on the device, shared by all layers. Its tensors belong to the scope it was prepared in. */
public final class PreparedBatch implements AutoCloseable {
    private final TokenBatch batch;
    private final Tensor ids;
    private final Tensor targetRows;
    private final Tensor targets;
    private final RowSelection output;
    private final TensorMap allRows;
    private final TensorMap outputRows;

    PreparedBatch(TensorScope scope, TokenBatch batch, Rotary rotary, RowSelection output) {
        this.batch = batch;
        this.output = output;
        this.ids = scope.longs(batch.ids(), batch.ids().length);
        this.targetRows = scope.longs(output.targetRows(), output.targetRows().length);
        this.targets = scope.longs(batch.targets(), batch.targets().length);
        Map<String, Tensor> row = new HashMap<>(Map.of("cos", rotary.cos(), "sin", rotary.sin()));
        this.allRows = TensorMap.of(row);
        if (!output.complete()) {
            row.put("rows", scope.longs(output.rows(), output.rows().length));
        }
        this.outputRows = TensorMap.of(row);
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

    /** How its tokens lie for a layer; the last one computes no more than the output rows. */
    LayerScript.Row row(boolean lastLayer) {
        return new LayerScript.Row(
                lastLayer ? outputRows : allRows,
                batch.lengths(),
                batch.parents(),
                lastLayer ? output.counts() : batch.lengths());
    }

    @Override
    public void close() {
        allRows.close();
        outputRows.close();
    }
}

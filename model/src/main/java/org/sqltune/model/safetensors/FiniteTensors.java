package org.sqltune.model.safetensors;

import java.nio.file.Path;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * Reads tensors and refuses NaN and infinity: a model that holds them answers with nothing or with nonsense. The check reads
 * every element once, which a forward pass does as well, so that loading and the first token together take no longer than
 * loading and two tokens.
 *
 * @param torch where the tensors live
 * @param files the files
 */
public record FiniteTensors(Torch torch, SafetensorsReader files) {
    /**
     * As {@link SafetensorsReader#read(TensorScope, String, ElementType, long...)}.
     *
     * @throws SqlTuneException if an element is NaN or infinite, or the tensor can't be read
     */
    public Tensor read(TensorScope owner, String name, ElementType type, long... shape) {
        Tensor tensor = files.read(owner, name, type, shape);
        TensorInfo info = files.info(name);
        if (info != null) {
            require(torch, tensor, info.file(), name);
        }
        return tensor;
    }

    /**
     * Throws if an element is NaN or infinite.
     *
     * @param file where the tensor is from, or the folder it goes to
     */
    public static void require(Torch torch, Tensor tensor, Path file, String name) {
        if (!torch.isFinite(tensor)) {
            throw new SqlTuneException(
                    file + ": tensor " + name + " holds NaN or infinity, so nothing sensible comes of"
                            + " it. Download or save the model again, or take an earlier checkpoint");
        }
    }
}

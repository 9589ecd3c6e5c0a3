package org.sqltune.training.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import org.sqltune.core.io.FileHashes;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.safetensors.Restoration;
import org.sqltune.model.weight.TrainableParameters;

/** A model, its trained parameters, and how they are saved and restored. */
public interface TrainableModel {
    /** Returns the model. */
    LanguageModel model();

    /** Returns the trained parameters. */
    TrainableParameters parameters();

    /** Returns the probability of dropping an input of a low-rank update, from 0 to 1. */
    double dropout();

    /**
     * Writes the trained values in fp32, enough to resume bit for bit, into an existing folder.
     *
     * @param hashes opens files that are too large to be read again for their hash
     */
    void writeCheckpoint(Path folder, FileHashes hashes) throws IOException;

    /**
     * Reads the trained values from a folder that {@link #writeCheckpoint} wrote.
     *
     * @param how {@code EXACT} where it was written of a model of the same configuration
     * @return how many tensors kept their values, as the folder has none that fits
     */
    int restore(Path folder, Restoration how);

    /** Writes the trained adapter or model in its published format into an existing folder. */
    void writeFinal(Path folder) throws IOException;
}

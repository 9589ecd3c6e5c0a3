package org.sqltune.training.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.weight.TrainableParameters;

/** A model, its trained parameters, and how they are saved and restored. */
public interface TrainableModel {
    /** Returns the model. */
    LanguageModel model();

    /** Returns the trained parameters. */
    TrainableParameters parameters();

    /** Returns the probability of dropping an input of a low-rank update, from 0 to 1. */
    double dropout();

    /** Writes the trained values in fp32, enough to resume bit for bit, into an existing folder. */
    void writeCheckpoint(Path folder) throws IOException;

    /** Reads the trained values from a folder that {@link #writeCheckpoint} wrote. */
    void restore(Path folder);

    /** Writes the trained adapter or model in its published format into an existing folder. */
    void writeFinal(Path folder) throws IOException;
}

package org.sqltune.training.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.weight.TrainableParameters;

/** A model with what is trained of it, and how that is saved. */
public interface TrainableModel {
    /** The model. */
    LanguageModel model();

    /** What is trained. */
    TrainableParameters parameters();

    /** Probability of dropping an input of a trained update. */
    double dropout();

    /** Writes what is needed to go on exactly, in fp32, into a folder that exists. */
    void writeCheckpoint(Path folder) throws IOException;

    /** Takes the trained values from a folder that {@link #writeCheckpoint} filled. */
    void restore(Path folder);

    /** Writes the result for others to use, into a folder that exists. */
    void writeFinal(Path folder) throws IOException;
}

package org.sqltune.training;

import org.sqltune.core.example.SqlPredictor;
import org.sqltune.model.LanguageModel;

/** Makes a predictor that asks a model; handed in, so that training needn't know how answers are decoded. */
@FunctionalInterface
public interface PredictorFactory {
    /** A predictor that sees the model's weights as they are when it is asked. */
    SqlPredictor create(LanguageModel model);
}

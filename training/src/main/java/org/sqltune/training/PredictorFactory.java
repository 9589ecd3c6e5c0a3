package org.sqltune.training;

import org.sqltune.core.example.SqlPredictor;
import org.sqltune.model.LanguageModel;

/**
 * Makes a predictor for a model. The caller supplies it, so that training doesn't depend on how answers are decoded.
 */
@FunctionalInterface
public interface PredictorFactory {
    /** Returns a predictor that answers with the weights that the model has at the time of each call. */
    SqlPredictor create(LanguageModel model);
}

package org.sqltune.core.config;

/**
 * Which of a run's weights become its result, and in what form; keys of section {@code training}.
 *
 * @param loadBestModelAtEnd whether final_model is the checkpoint with the lowest validation loss
 * @param saveFullModel whether an adapter is also merged into its base and written as a model of its own, full_model
 */
public record SelectionSettings(boolean loadBestModelAtEnd, boolean saveFullModel) {

    /** The best checkpoint; an adapter stays one. */
    public static SelectionSettings defaults() {
        return new SelectionSettings(true, false);
    }
}

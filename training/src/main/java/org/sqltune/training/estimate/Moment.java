package org.sqltune.training.estimate;

/** When a run may need the most memory. */
public enum Moment {
    /** While the weights are read. */
    LOADING("loading"),
    /** While the validation loss is computed. */
    EVALUATION("evaluation"),
    /** In the forward and backward pass. */
    BACKWARD("forward and backward pass"),
    /** While the optimizer changes the parameters. */
    OPTIMIZER_STEP("optimizer step"),
    /** While the result is written. */
    SAVING("saving");

    private final String title;

    Moment(String title) {
        this.title = title;
    }

    /** A few words for tables. */
    public String title() {
        return title;
    }
}

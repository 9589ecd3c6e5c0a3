package org.sqltune.model.hub.client;

import org.sqltune.core.SqlTuneException;

/** The hub didn't give what was asked of it. */
public final class HubException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public HubException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public HubException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What kind of failure this is. */
    public Reason reason() {
        return reason;
    }

    /** Kinds of failure. */
    public enum Reason {
        /** No answer, or one that promises to be different later. */
        UNREACHABLE,
        /** The token is missing, wrong, or of somebody without access. */
        FORBIDDEN,
        /** There is no such repository, or it is private. */
        NO_REPOSITORY,
        /** The repository has no such revision. */
        NO_REVISION,
        /** The revision has no such file. */
        NO_FILE,
        /** The repository is there but holds nothing that SqlTune can use. */
        UNUSABLE,
        /** What came isn't what was announced. */
        WRONG_CONTENT,
        /** The server does not answer as a hub does. */
        NOT_A_HUB,
        /** Not in the cache, and asking isn't allowed. */
        OFFLINE
    }
}

/** Damaged and hostile files at every reader of files from elsewhere: no crash, no library's words, one line each. */
package org.sqltune.workflow.hostile;

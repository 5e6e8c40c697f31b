"""What one document needs of its own, a file a document; nothing else in the library names one."""

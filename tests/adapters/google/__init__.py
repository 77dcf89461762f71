"""Google adapters, through the real client libraries, against the stand-in over loopback."""

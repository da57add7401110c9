# The same commands for hands that are used to make.
.PHONY: up test demo lint types lock
up test demo lint types lock:
	./dev $@

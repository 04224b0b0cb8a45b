no-such-folder/out\.xlsx|no-such-folder

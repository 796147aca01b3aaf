from autodoctor.adapters.memory.whispers import MemoryWhispers, Whispered


def test_whispers_are_heard_in_order() -> None:
    whispers = MemoryWhispers()

    whispers.whisper("account:1", "typing", {"session_id": "7"})
    whispers.whisper("account:2", "typing", {})

    assert whispers.heard == [
        Whispered("account:1", "typing", {"session_id": "7"}),
        Whispered("account:2", "typing", {}),
    ]

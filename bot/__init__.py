"""The heart of Waymark, shared by every process; it is no process itself.

Inside, imports point inward only: ``wire`` < ``care``, ``flows`` < ``vault`` <
``store`` < ``directory``. Nothing here imports a channel, a process or Rasa.
"""

"""Merged datasets: what 'detente merge … -o FOLDER' makes, so that one dyad of a big archive is read in a moment.

write.merge_archive(dossier, folder, theatre, …)    merge once, as known on one or more days, and write it by party and by month
layout.is_merged(path)                              whether a folder is one
state.assess_merged(folder, theatre, dyad, as_of)   the state of a dyad, from what can matter to it alone

Nothing is imported here: who reads one needs none of what it takes to make one.
"""

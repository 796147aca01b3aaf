"""The sandbox's pages: paying, onboarding, and looking at what there is."""
